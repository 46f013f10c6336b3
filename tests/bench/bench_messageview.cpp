// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// 100 000 messages in the model and the view: memory, and the longest time that the event loop was blocked
// while scrolling from end to end. The peer is the same program with an empty room: the gate is on what the
// messages cost.
#include "client/ui/view/messageview.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QScrollBar>

#include <algorithm>
#include <cstdio>
#include <vector>

using namespace Qt::StringLiterals;
using namespace Synchat;

namespace {

double residentMegabytes()
{
    QFile file(u"/proc/self/status"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith("VmRSS:"))
            return line.mid(6).simplified().split(' ').first().toDouble() / 1024;
    }
    return 0;
}

Message messageOf(qint64 seq)
{
    Message message;
    message.room = u"general"_s;
    message.seq = seq;
    message.id = QUuid::createUuid();
    const int author = static_cast<int>((seq / 3) % 12);
    message.from = {u"g%1"_s.arg(author), u"author %1"_s.arg(author)};
    message.text =
        u"message %1: "_s.arg(seq) + u"replica lag is at 40 s, failing over now. "_s.repeated(1 + seq % 4);
    const WireMicros t = 1'764'000'000'000'000 + seq * 7'000'000;
    message.stamps.live = {t, -2000, 900, StampState::Ok, ProbePath::Udp, false};
    message.stamps.local = {t + 300, 212, 450, StampState::Ok, false, u"k3f9"_s};
    message.stamps.api = {t + 50'000, 130'000, 8'000'000, StampState::Ok, u"time.example"_s};
    message.stamps.ntp = {t + 512, 450, 3'000'000, StampState::Ok, u"ntp.example"_s};
    message.stamps.best = {t + 512, 450, StampState::Ok};
    return message;
}

/// The longest and the median turn of the event loop while `steps` positions are visited.
void scroll(QScrollBar &bar, int from, int to, int steps, const char *what)
{
    std::vector<double> turns;
    for (int i = 0; i <= steps; ++i) {
        QElapsedTimer timer;
        timer.start();
        bar.setValue(from + static_cast<int>((static_cast<qint64>(to) - from) * i / steps));
        QApplication::processEvents();
        turns.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    std::sort(turns.begin(), turns.end());
    std::printf("  %s: %d steps, longest block %.1f ms, median %.2f ms; gate 50 ms: %s\n", what, steps,
                turns.back(), turns[turns.size() / 2], turns.back() <= 50 ? "met" : "MISSED");
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    constexpr int Total = 100'000;
    RoomModel model(u"general"_s);
    MessageView view;
    view.setModel(&model);
    view.resize(900, 700);
    view.show();
    QApplication::processEvents();
    const double empty = residentMegabytes();

    QElapsedTimer timer;
    timer.start();
    QList<Message> page;
    for (qint64 seq = 1; seq <= Total; ++seq) {
        page.append(messageOf(seq));
        if (page.size() == 500) {
            model.add(page);
            page.clear();
            QApplication::processEvents();
        }
    }
    const double fill = static_cast<double>(timer.elapsed());
    page = {};
    std::printf("100 000 messages in model and view\n");
    std::printf("  resident %.0f MB (empty room %.0f MB); gate 150 MB: %s; filled in %.0f ms\n",
                residentMegabytes(), empty, residentMegabytes() < 150 ? "met" : "MISSED", fill);
    QScrollBar &bar = *view.verticalScrollBar();
    scroll(bar, bar.maximum(), bar.minimum(), 2000, "end to start");
    scroll(bar, bar.minimum(), bar.maximum(), 2000, "start to end");
    scroll(bar, bar.maximum(), bar.minimum(), 1, "one jump to the start");
    view.setDensity(Density::Compact);
    scroll(bar, bar.minimum(), bar.maximum(), 1, "density changed, one jump to the end");
    std::printf("  resident afterwards %.0f MB\n", residentMegabytes());
    return 0;
}
