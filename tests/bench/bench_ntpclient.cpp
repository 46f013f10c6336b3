// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Our NTP client and estimator, as the product uses them, against a server whose offset to this machine's
// clock is known: how far are they off? Usage: bench_ntpclient ADDRESS PORT [--count N] [--gap MILLISECONDS]
// [--truth NANOSECONDS] Prints one line of `name value` pairs, nanoseconds: error of single exchanges and,
// with a full window, of the estimate (median and 99th percentile of the absolute value, and the median with
// its sign), the median bound, and how many exchanges failed or have an interval that misses the truth.
#include "ntp/clockestimator.h"
#include "ntp/ntpclient.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <vector>

using namespace Qt::StringLiterals;
using namespace Synchat;

namespace {

Nanos quantile(std::vector<Nanos> values, double q)
{
    if (values.empty())
        return Nanos::max();
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(q * static_cast<double>(values.size() - 1))];
}

std::vector<Nanos> magnitudes(std::vector<Nanos> values)
{
    for (Nanos &value : values)
        value = std::chrono::abs(value);
    return values;
}

struct Plan
{
    QHostAddress address;
    quint16 port = 0;
    int count = 1000;
    std::chrono::milliseconds gap{2};
    Nanos truth{};
};

class Measurement : public QObject
{
public:
    explicit Measurement(const Plan &plan)
        : m_plan(plan)
        , m_client(m_clock)
    {
        connect(&m_client, &NtpClient::answered, this, &Measurement::take);
        connect(&m_client, &NtpClient::failed, this, [this] {
            ++m_failures;
            goOn();
        });
        m_gap.setTimerType(Qt::PreciseTimer);
        m_gap.setSingleShot(true);
        connect(&m_gap, &QTimer::timeout, this, &Measurement::ask);
        ask();
    }

    void report() const
    {
        const auto line = [](const char *name, Nanos value) {
            std::printf("%s %lld ", name, static_cast<long long>(value.count()));
        };
        const auto single = magnitudes(m_singles), filtered = magnitudes(m_estimates);
        line("single_median", quantile(single, 0.5));
        line("single_p99", quantile(single, 0.99));
        line("single_bias", quantile(m_singles, 0.5));
        line("filtered_median", quantile(filtered, 0.5));
        line("filtered_p99", quantile(filtered, 0.99));
        line("filtered_bias", quantile(m_estimates, 0.5));
        line("delay", quantile(m_delays, 0.5));
        line("bound", quantile(m_bounds, 0.5));
        std::printf("exchanges %d failures %d violations %d\n", int(m_singles.size()), m_failures,
                    m_violations);
    }

private:
    void ask() { m_client.query(m_plan.address, m_plan.port, std::chrono::milliseconds(500)); }

    void take(const NtpSample &sample)
    {
        m_singles.push_back(sample.offset.midpoint() - m_plan.truth);
        m_delays.push_back(sample.delay);
        m_violations += sample.offset.contains(m_plan.truth) ? 0 : 1;
        m_estimator.feed(sample.offset, m_clock.read());
        if (m_estimator.sampleCount() == ClockEstimator::Window) {
            if (const auto estimate = m_estimator.estimate(m_clock.read())) {
                m_estimates.push_back(estimate->midpoint() - m_plan.truth);
                m_bounds.push_back(estimate->bound());
            }
        }
        goOn();
    }

    void goOn()
    {
        if (int(m_singles.size()) + m_failures < m_plan.count)
            m_gap.start(m_plan.gap);
        else
            QCoreApplication::quit();
    }

    Plan m_plan;
    SystemClock m_clock;
    NtpClient m_client;
    ClockEstimator m_estimator;
    QTimer m_gap;
    std::vector<Nanos> m_singles, m_estimates, m_delays, m_bounds;
    int m_failures = 0;
    int m_violations = 0;
};

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addPositionalArgument(u"address"_s, {});
    parser.addPositionalArgument(u"port"_s, {});
    parser.addOptions({{u"count"_s, {}, u"N"_s, u"1000"_s},
                       {u"gap"_s, {}, u"MILLISECONDS"_s, u"2"_s},
                       {u"truth"_s, {}, u"NANOSECONDS"_s, u"0"_s}});
    parser.process(application);
    const QStringList positional = parser.positionalArguments();
    if (positional.size() != 2 || QHostAddress(positional[0]).isNull()) {
        std::fprintf(stderr, "usage: bench_ntpclient ADDRESS PORT [--count N] [--gap MS] [--truth NS]\n");
        return 2;
    }
    Measurement measurement({QHostAddress(positional[0]), positional[1].toUShort(),
                             parser.value(u"count"_s).toInt(),
                             std::chrono::milliseconds(parser.value(u"gap"_s).toInt()),
                             Nanos(parser.value(u"truth"_s).toLongLong())});
    QCoreApplication::exec();
    measurement.report();
    return 0;
}
