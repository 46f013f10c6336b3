// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/net/netserver.h"
#include "server/net/requesthead.h"

namespace Synchat {

// HTTP responses as bytes. Pure.

struct AnswerForm
{
    bool headOnly = false; ///< HEAD: the length is told, the body left out
    bool keepAlive = false;
};
/// Adds Date, Content-Length and Connection. Headers of the response that hold line breaks are left out.
QByteArray makeHttpAnswer(const HttpResponse &response, AnswerForm form, WallTime now);

/// As application/problem+json (RFC 9457).
HttpResponse problemResponse(const HttpRefusal &refusal);

} // namespace Synchat
