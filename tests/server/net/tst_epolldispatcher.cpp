// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/epolldispatcher.h"

#include <QScopeGuard>
#include <QSocketNotifier>
#include <QTest>
#include <QThread>
#include <QTimer>

#include <sys/socket.h>
#include <unistd.h>

#include <atomic>

using namespace Synchat;

/// A thread that runs on the dispatcher, and what an event loop must do.
class tst_EpollDispatcher : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void deliversPostedEvents();
    void firesTimers();
    void timersMayEndThemselvesAndOthers();
    void zeroTimerDoesNotStarveOthers();
    void notifiesReadAndWrite();
    void disabledNotifierIsSilentAfterHangUp();
    void reusedDescriptorIsAnotherOne();

private:
    template <typename Function>
    void inThread(Function function)
    {
        QMetaObject::invokeMethod(m_object, function, Qt::BlockingQueuedConnection);
    }

    /// What runs in the thread uses a test's locals: it ends before they go.
    auto endingAll()
    {
        return qScopeGuard([this] {
            inThread([this] {
                qDeleteAll(m_object->findChildren<QObject *>(QString(), Qt::FindDirectChildrenOnly));
                disconnect(QAbstractEventDispatcher::instance(), nullptr, m_object, nullptr);
            });
        });
    }

    std::unique_ptr<QThread> m_thread;
    QObject *m_object = nullptr;
};

namespace {

struct Pair
{
    Pair()
    {
        [[maybe_unused]] const int result = ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends);
    }
    ~Pair()
    {
        ::close(ends[0]);
        ::close(ends[1]);
    }
    int ends[2] = {-1, -1};
};

} // namespace

void tst_EpollDispatcher::init()
{
    auto dispatcher = makeEpollDispatcher();
    QVERIFY(dispatcher);
    m_thread = std::make_unique<QThread>();
    m_thread->setEventDispatcher(dispatcher.release());
    m_object = new QObject;
    m_object->moveToThread(m_thread.get());
    connect(m_thread.get(), &QThread::finished, m_object, &QObject::deleteLater);
    m_thread->start();
}

void tst_EpollDispatcher::cleanup()
{
    m_thread->quit();
    QVERIFY(m_thread->wait(5000));
    m_thread.reset();
}

void tst_EpollDispatcher::deliversPostedEvents()
{
    std::atomic<int> count{0};
    for (int i = 0; i < 20000; ++i)
        QMetaObject::invokeMethod(
            m_object, [&count] { ++count; }, Qt::QueuedConnection);
    QTRY_COMPARE(count.load(), 20000);
    std::atomic<int> nested{0};
    inThread([&] {
        QMetaObject::invokeMethod(
            m_object,
            [&] {
                QMetaObject::invokeMethod(
                    m_object, [&] { ++nested; }, Qt::QueuedConnection);
            },
            Qt::QueuedConnection);
    });
    QTRY_COMPARE(nested.load(), 1);
}

void tst_EpollDispatcher::firesTimers()
{
    std::atomic<int> fast{0};
    std::atomic<int> once{0};
    const auto end = endingAll();
    inThread([&] {
        auto *timer = new QTimer(m_object);
        connect(timer, &QTimer::timeout, m_object, [&] { ++fast; });
        timer->start(5);
        QTimer::singleShot(20, m_object, [&] { ++once; });
        QCOMPARE(timer->interval(), 5);
        QVERIFY(timer->remainingTime() >= 0 && timer->remainingTime() <= 5);
    });
    QTRY_VERIFY(fast > 10 && once == 1);
    QCOMPARE(once.load(), 1);
}

void tst_EpollDispatcher::timersMayEndThemselvesAndOthers()
{
    std::atomic<int> ended{0};
    std::atomic<int> last{0};
    const auto end = endingAll();
    inThread([&] {
        auto *first = new QTimer(m_object);
        auto *second = new QTimer(m_object);
        for (QTimer *timer : {first, second}) {
            connect(timer, &QTimer::timeout, m_object, [&, first, second] {
                ++ended;
                delete first;
                delete second;
            });
            timer->start(10);
        }
        QTimer::singleShot(60, m_object, [&] { ++last; });
    });
    QTRY_COMPARE(last.load(), 1);
    QCOMPARE(ended.load(), 1);
}

void tst_EpollDispatcher::zeroTimerDoesNotStarveOthers()
{
    std::atomic<int> zero{0};
    std::atomic<int> other{0};
    const auto end = endingAll();
    inThread([&] {
        auto *timer = new QTimer(m_object);
        connect(timer, &QTimer::timeout, m_object, [&] { ++zero; });
        timer->start(0);
        QTimer::singleShot(20, m_object, [&] { ++other; });
    });
    QTRY_COMPARE(other.load(), 1);
    QVERIFY(zero > 1);
}

void tst_EpollDispatcher::notifiesReadAndWrite()
{
    Pair pair;
    std::atomic<int> reads{0};
    std::atomic<int> writes{0};
    const auto end = endingAll();
    inThread([&] {
        auto *read = new QSocketNotifier(pair.ends[0], QSocketNotifier::Read, m_object);
        connect(read, &QSocketNotifier::activated, m_object, [&] {
            char bytes[16];
            if (::read(pair.ends[0], bytes, sizeof(bytes)) > 0)
                ++reads;
        });
        auto *write = new QSocketNotifier(pair.ends[0], QSocketNotifier::Write, m_object);
        connect(write, &QSocketNotifier::activated, m_object, [&, write] {
            ++writes;
            write->setEnabled(false);
        });
    });
    QTRY_COMPARE(writes.load(), 1);
    for (int i = 1; i <= 3; ++i) {
        QCOMPARE(::write(pair.ends[1], "x", 1), 1);
        QTRY_COMPARE(reads.load(), i);
    }
    QCOMPARE(writes.load(), 1);
}

void tst_EpollDispatcher::disabledNotifierIsSilentAfterHangUp()
{
    Pair pair;
    std::atomic<int> reads{0};
    std::atomic<int> turns{0};
    const auto end = endingAll();
    inThread([&] {
        auto *read = new QSocketNotifier(pair.ends[0], QSocketNotifier::Read, m_object);
        connect(read, &QSocketNotifier::activated, m_object, [&] { ++reads; });
        read->setEnabled(false);
        ::shutdown(pair.ends[1], SHUT_RDWR);
        connect(QAbstractEventDispatcher::instance(), &QAbstractEventDispatcher::awake, m_object,
                [&] { ++turns; });
        QTimer::singleShot(50, m_object, [&] { reads = -1; });
    });
    QTRY_COMPARE(reads.load(), -1);
    QVERIFY(turns < 20); // it slept
}

void tst_EpollDispatcher::reusedDescriptorIsAnotherOne()
{
    std::atomic<int> wrong{0};
    std::atomic<int> right{0};
    Pair successor;
    int peer = -1;
    const auto end = endingAll();
    inThread([&] {
        int ends[2];
        QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends), 0);
        QCOMPARE(::write(ends[1], "x", 1), 1);
        {
            QSocketNotifier old(ends[0], QSocketNotifier::Read);
            connect(&old, &QSocketNotifier::activated, m_object, [&] { ++wrong; });
        }
        ::close(ends[0]);
        QCOMPARE(::dup2(successor.ends[0], ends[0]), ends[0]); // the same number
        peer = ends[0];
        ::close(ends[1]);
        auto *read = new QSocketNotifier(ends[0], QSocketNotifier::Read, m_object);
        connect(read, &QSocketNotifier::activated, m_object, [&, fd = ends[0]] {
            char byte = 0;
            if (::read(fd, &byte, 1) == 1)
                ++right;
        });
    });
    QCOMPARE(::write(successor.ends[1], "y", 1), 1);
    QTRY_COMPARE(right.load(), 1);
    QCOMPARE(wrong.load(), 0);
    inThread([&] {
        qDeleteAll(m_object->children());
        ::close(peer);
    });
}

QTEST_GUILESS_MAIN(tst_EpollDispatcher)
#include "tst_epolldispatcher.moc"
