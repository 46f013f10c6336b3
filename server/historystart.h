// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/config.h"
#include "server/store/documentstore.h"

#include <QObject>

#include <functional>
#include <memory>

namespace Synchat {

/// What is done about the history before the daemon serves it: an empty one is taken back from the bridge
/// that holds it, and with `[store] commit = bridge` what waits goes there first, since nobody may see it
/// before. Then the database is closed again, for the daemon to open. Does not block.
class HistoryStart : public QObject
{
    Q_OBJECT
public:
    /// Called on the thread that uses what it makes.
    using MakeStore = std::function<std::unique_ptr<DocumentStore>()>;

    HistoryStart(const Clock &clock, const Config &config); ///< the bridge of the configuration
    HistoryStart(const Clock &clock, const Config &config, MakeStore makeStore);
    ~HistoryStart() override;

    /// ready() or failed() follows, perhaps at once.
    void start();

Q_SIGNALS:
    void ready();
    void failed(const QString &reason); ///< a whole sentence

private:
    std::optional<QString> lookAtHistory();
    void takeBack();
    void drain();
    void ship();
    void giveUpShipping();
    void end(const QString &reason = {});

    const Clock &m_clock;
    const Config m_config;
    const MakeStore m_makeStore;
    struct Parts;
    std::unique_ptr<Parts> d;
};

} // namespace Synchat
