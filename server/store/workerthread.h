// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaObject>
#include <QString>
#include <QThread>

#include <memory>
#include <optional>

namespace Synchat {

/// An object on a thread of its own. It is made here, started and finished there.
template <typename Worker>
struct WorkerThread
{
    std::unique_ptr<Worker> worker;
    QThread thread;

    void launch(std::unique_ptr<Worker> made, const QString &name,
                QThread::Priority priority = QThread::InheritPriority)
    {
        worker = std::move(made);
        thread.setObjectName(name);
        worker->moveToThread(&thread);
        thread.start(priority);
    }
    /// Waits until everything queued before is done.
    void stop()
    {
        if (!thread.isRunning())
            return;
        Worker *object = worker.get();
        QMetaObject::invokeMethod(
            object,
            [object] {
                object->finish();
                object->thread()->quit();
            },
            Qt::QueuedConnection);
        thread.wait();
    }
    template <typename Call>
    void post(Call call)
    {
        QMetaObject::invokeMethod(worker.get(), std::move(call), Qt::QueuedConnection);
    }
    std::optional<QString> start()
    {
        std::optional<QString> problem;
        Worker *object = worker.get();
        QMetaObject::invokeMethod(
            object, [object, &problem] { problem = object->start(); }, Qt::BlockingQueuedConnection);
        return problem;
    }
};

} // namespace Synchat
