// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/epolldispatcher.h"

#ifdef Q_OS_LINUX

#include <QCoreApplication>
#include <QHash>
#include <QSocketNotifier>

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <limits>

namespace Synchat {

namespace {

using Steady = std::chrono::steady_clock;
using std::chrono::milliseconds;

class EpollDispatcher : public QAbstractEventDispatcher
{
public:
    EpollDispatcher();
    ~EpollDispatcher() override;
    bool isValid() const { return m_epoll >= 0 && m_wake >= 0; }

    bool processEvents(QEventLoop::ProcessEventsFlags flags) override;
    void registerSocketNotifier(QSocketNotifier *notifier) override;
    void unregisterSocketNotifier(QSocketNotifier *notifier) override;
    void registerTimer(int id, qint64 interval, Qt::TimerType type, QObject *object) override;
    bool unregisterTimer(int id) override;
    bool unregisterTimers(QObject *object) override;
    QList<TimerInfo> registeredTimers(QObject *object) const override;
    int remainingTime(int id) override;
    void wakeUp() override;
    void interrupt() override;

private:
    struct Descriptor
    {
        std::array<QSocketNotifier *, 3> notifiers{}; ///< by QSocketNotifier::Type
        quint32 generation = 0; ///< tells a late event for a closed descriptor from one for its successor
        bool known = false;     ///< to epoll
    };
    struct Timer
    {
        milliseconds interval{};
        Qt::TimerType type = Qt::CoarseTimer;
        QObject *object = nullptr;
        Steady::time_point due;
        bool firing = false;
    };

    void tellEpoll(int fd, Descriptor &descriptor);
    bool activate(int fd, quint32 generation, QSocketNotifier::Type type);
    bool handle(const epoll_event &event);
    bool fireTimers();
    int waitTime() const; ///< milliseconds, -1: for ever

    static quint64 tag(int fd, quint32 generation)
    {
        return (static_cast<quint64>(generation) << 32) | static_cast<quint32>(fd);
    }

    int m_epoll = -1;
    int m_wake = -1;
    std::atomic<bool> m_wakePending{false};
    std::atomic<bool> m_interrupted{false};
    QHash<int, Descriptor> m_descriptors;
    quint32 m_lastGeneration = 0;
    QHash<int, Timer> m_timers;
};

EpollDispatcher::EpollDispatcher()
    : m_epoll(::epoll_create1(EPOLL_CLOEXEC))
    , m_wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
    epoll_event event = {};
    event.events = EPOLLIN;
    event.data.u64 = tag(m_wake, 0);
    if (isValid() && ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, m_wake, &event) != 0) {
        ::close(m_epoll);
        m_epoll = -1;
    }
}

EpollDispatcher::~EpollDispatcher()
{
    if (m_epoll >= 0)
        ::close(m_epoll);
    if (m_wake >= 0)
        ::close(m_wake);
}

bool EpollDispatcher::processEvents(QEventLoop::ProcessEventsFlags flags)
{
    m_interrupted = false;
    Q_EMIT awake();
    QCoreApplication::sendPostedEvents();
    // What is posted from here on wakes us by the eventfd, so that nothing can be slept through.
    const bool mayWait = flags.testFlag(QEventLoop::WaitForMoreEvents) && !m_interrupted;
    if (mayWait)
        Q_EMIT aboutToBlock();
    std::array<epoll_event, 256> events;
    const int count =
        ::epoll_wait(m_epoll, events.data(), static_cast<int>(events.size()), mayWait ? waitTime() : 0);
    if (mayWait)
        Q_EMIT awake();
    bool did = false;
    for (int i = 0; i < count; ++i)
        did = handle(events[static_cast<size_t>(i)]) || did;
    return fireTimers() || did;
}

bool EpollDispatcher::handle(const epoll_event &event)
{
    const int fd = static_cast<int>(event.data.u64 & 0xffffffffU);
    const auto generation = static_cast<quint32>(event.data.u64 >> 32);
    if (generation == 0) {
        eventfd_t number = 0;
        ::eventfd_read(m_wake, &number);
        m_wakePending = false; // before the next sendPostedEvents(), which sees what was posted meanwhile
        return true;
    }
    bool did = false;
    if (event.events & (EPOLLIN | EPOLLHUP | EPOLLERR))
        did = activate(fd, generation, QSocketNotifier::Read);
    if (event.events & (EPOLLOUT | EPOLLHUP | EPOLLERR))
        did = activate(fd, generation, QSocketNotifier::Write) || did;
    if (event.events & EPOLLPRI)
        did = activate(fd, generation, QSocketNotifier::Exception) || did;
    return did;
}

bool EpollDispatcher::activate(int fd, quint32 generation, QSocketNotifier::Type type)
{
    const auto descriptor = m_descriptors.constFind(fd); // looked up each time: a handler may change all
    if (descriptor == m_descriptors.constEnd() || descriptor->generation != generation)
        return false;
    QSocketNotifier *notifier = descriptor->notifiers[type];
    if (!notifier)
        return false;
    QEvent event(QEvent::SockAct);
    QCoreApplication::sendEvent(notifier, &event);
    return true;
}

void EpollDispatcher::registerSocketNotifier(QSocketNotifier *notifier)
{
    const int fd = static_cast<int>(notifier->socket());
    Descriptor &descriptor = m_descriptors[fd];
    if (descriptor.generation == 0) {
        if (++m_lastGeneration == 0)
            ++m_lastGeneration;
        descriptor.generation = m_lastGeneration;
    }
    descriptor.notifiers[notifier->type()] = notifier;
    tellEpoll(fd, descriptor);
}

void EpollDispatcher::unregisterSocketNotifier(QSocketNotifier *notifier)
{
    const int fd = static_cast<int>(notifier->socket());
    const auto descriptor = m_descriptors.find(fd);
    if (descriptor == m_descriptors.end() || descriptor->notifiers[notifier->type()] != notifier)
        return;
    descriptor->notifiers[notifier->type()] = nullptr;
    tellEpoll(fd, *descriptor);
    if (!descriptor->known)
        m_descriptors.erase(descriptor);
}

void EpollDispatcher::tellEpoll(int fd, Descriptor &descriptor)
{
    epoll_event event = {};
    if (descriptor.notifiers[QSocketNotifier::Read])
        event.events |= EPOLLIN;
    if (descriptor.notifiers[QSocketNotifier::Write])
        event.events |= EPOLLOUT;
    if (descriptor.notifiers[QSocketNotifier::Exception])
        event.events |= EPOLLPRI;
    event.data.u64 = tag(fd, descriptor.generation);
    // Without any interest it must go: hang-ups are reported all the same, over and over.
    const int operation = event.events == 0  ? EPOLL_CTL_DEL
                          : descriptor.known ? EPOLL_CTL_MOD
                                             : EPOLL_CTL_ADD;
    ::epoll_ctl(m_epoll, operation, fd, &event);
    descriptor.known = event.events != 0;
}

void EpollDispatcher::registerTimer(int id, qint64 interval, Qt::TimerType type, QObject *object)
{
    const milliseconds every(interval);
    m_timers.insert(id, {every, type, object, Steady::now() + every, false});
}

bool EpollDispatcher::unregisterTimer(int id)
{
    return m_timers.remove(id);
}

bool EpollDispatcher::unregisterTimers(QObject *object)
{
    return m_timers.removeIf([object](const auto &timer) { return timer.value().object == object; }) > 0;
}

QList<QAbstractEventDispatcher::TimerInfo> EpollDispatcher::registeredTimers(QObject *object) const
{
    QList<TimerInfo> found;
    for (auto timer = m_timers.begin(); timer != m_timers.end(); ++timer) {
        if (timer->object == object)
            found.append(TimerInfo(timer.key(), static_cast<int>(timer->interval.count()), timer->type));
    }
    return found;
}

int EpollDispatcher::remainingTime(int id)
{
    const auto timer = m_timers.constFind(id);
    if (timer == m_timers.constEnd())
        return -1;
    const auto left = std::chrono::ceil<milliseconds>(timer->due - Steady::now());
    return static_cast<int>(qMax<qint64>(0, left.count()));
}

int EpollDispatcher::waitTime() const
{
    if (m_timers.isEmpty())
        return -1;
    auto first = Steady::time_point::max();
    for (const Timer &timer : m_timers)
        first = qMin(first, timer.due);
    const qint64 left = std::chrono::ceil<milliseconds>(first - Steady::now()).count();
    return static_cast<int>(std::clamp<qint64>(left, 0, std::numeric_limits<int>::max()));
}

bool EpollDispatcher::fireTimers()
{
    const auto now = Steady::now();
    QList<int> due;
    for (auto timer = m_timers.constBegin(); timer != m_timers.constEnd(); ++timer) {
        if (timer->due <= now && !timer->firing)
            due.append(timer.key());
    }
    for (const int id : due) {
        auto timer = m_timers.find(id); // a handler may have ended it
        if (timer == m_timers.end() || timer->due > now)
            continue;
        timer->due = qMax(timer->due + timer->interval, now);
        timer->firing = true;
        QTimerEvent event(id);
        QCoreApplication::sendEvent(timer->object, &event);
        timer = m_timers.find(id);
        if (timer != m_timers.end())
            timer->firing = false;
    }
    return !due.isEmpty();
}

void EpollDispatcher::wakeUp()
{
    if (!m_wakePending.exchange(true))
        ::eventfd_write(m_wake, 1);
}

void EpollDispatcher::interrupt()
{
    m_interrupted = true;
    wakeUp();
}

} // namespace

std::unique_ptr<QAbstractEventDispatcher> makeEpollDispatcher()
{
    auto dispatcher = std::make_unique<EpollDispatcher>();
    if (!dispatcher->isValid())
        return nullptr;
    return dispatcher;
}

} // namespace Synchat

#else

namespace Synchat {

std::unique_ptr<QAbstractEventDispatcher> makeEpollDispatcher()
{
    return nullptr;
}

} // namespace Synchat

#endif
