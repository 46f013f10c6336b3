// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Appends to a history without end, some hundred messages under way at any time, and prints `SEQ ID` for each
// that was committed. Made to be killed.
#include "tests/server/store/historyfixture.h"

#include <QCoreApplication>

#include <cstdio>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

constexpr int UnderWay = 300;

class Load : public QObject
{
    Q_OBJECT
public:
    explicit Load(History &history)
        : m_history(history)
    {
        connect(&history, &History::committed, this, &Load::print);
        connect(&history, &History::notStored, this, [] { QCoreApplication::exit(3); });
        refill();
    }

private:
    void refill()
    {
        const qint64 room = m_history.rooms().constFirst().number;
        while (m_history.queued() < UnderWay) {
            ++m_ticket;
            m_history.append(m_ticket, room, sampleMessage(QString::number(m_ticket)));
        }
    }
    void print(const QList<CommittedMessage> &messages)
    {
        QByteArray lines;
        for (const CommittedMessage &item : messages)
            lines += QByteArray::number(item.message.seq) + ' ' + item.message.id.toByteArray() + '\n';
        std::fwrite(lines.constData(), 1, size_t(lines.size()), stdout);
        std::fflush(stdout);
        refill();
    }

    History &m_history;
    quint64 m_ticket = 0;
};

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    StoreConfig config;
    config.dataDir = application.arguments().value(1);
    config.maxBatch = application.arguments().value(2).toInt();
    if (const auto address = StoreAddress::parse(application.arguments().value(3)))
        config.postgresql = *address;
    const auto history = History::open(config);
    if (!history) {
        std::fputs(qPrintable(history.error()), stderr);
        return 1;
    }
    const Load load(**history);
    return QCoreApplication::exec();
}

#include "storeload.moc"
