// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/net/requesthead.h"

#include <memory>

namespace Synchat {

/// One request, head and body, read by Boost.Beast as its bytes come. The head has been checked before
/// (requesthead.h); Beast checks it again and takes the body out of its framing.
/// The only place that knows Beast, which is slow to compile.
class HttpParser
{
public:
    HttpParser();
    ~HttpParser();

    struct Progress
    {
        qsizetype consumed = 0;
        bool done = false;
        std::optional<HttpRefusal> refusal;
    };
    /// The head must come whole, first. What was not consumed must be given again with what follows.
    Progress feed(QByteArrayView bytes);
    QByteArray body() const; ///< when done

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Synchat
