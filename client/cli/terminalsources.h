// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/cli/clioptions.h"
#include "client/cli/terminalsurroundings.h"
#include "client/core/sourcesquery.h"

#include <QObject>

namespace Synchat {

/// `synchat-cli --sources`: asks the daemon once, prints what it told of its time and leaves. Takes no part
/// in the chat.
class TerminalSources : public QObject
{
    Q_OBJECT
public:
    TerminalSources(const SourcesOptions &options, TerminalSurroundings surroundings,
                    QObject *parent = nullptr);

    void start();

Q_SIGNALS:
    void finished(int exitStatus); ///< once; 0 only when it was printed

private:
    void take(const Result<SourcesAnswer, SourcesRefusal> &answer);
    void fail(const QString &sentence);

    SourcesOptions m_options;
    TerminalSurroundings m_surroundings;
    SourcesQuery m_query;
};

} // namespace Synchat
