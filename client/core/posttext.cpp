// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/posttext.h"

#include "common/textrules.h"

#include <QCoreApplication>

namespace Synchat {

namespace {

struct PostText
{
    Q_DECLARE_TR_FUNCTIONS(PostText)
};

} // namespace

QString problemOfPostText(const QString &text, qsizetype limit)
{
    if (isBlank(text))
        return PostText::tr("There is nothing to send.");
    if (text.size() > limit)
        return PostText::tr("The message is too long by %1 of %2 characters.")
            .arg(text.size() - limit)
            .arg(limit);
    if (text.contains(QChar(u'\0')) || hasLoneSurrogate(text))
        return PostText::tr("The message holds a character that cannot be sent.");
    return {};
}

} // namespace Synchat
