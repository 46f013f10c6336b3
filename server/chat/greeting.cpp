// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/greeting.h"

#include "server/chat/guesttoken.h"
#include "server/chat/refusals.h"

namespace Synchat {

using namespace Qt::StringLiterals;

Result<Greeting, ErrorFrame> decideGreeting(const HelloFrame &hello, const People &people,
                                            const QByteArray &secret, QRandomGenerator &random)
{
    if (hello.password)
        return Failure(Refusals::noAccounts());
    QString userId;
    if (hello.token) {
        const std::optional<QString> known = guestIdFromToken(*hello.token, secret);
        if (!known)
            return Failure(Refusals::badToken());
        userId = *known;
    } else {
        userId = newGuestId(random);
    }
    if (!people.isFree(hello.name, userId))
        return Failure(Refusals::nameTaken(hello.name.text()));
    return Greeting{userId, guestToken(userId, secret)};
}

bool isRefusedHello(const FrameRefusal &refusal)
{
    return refusal.type == u"hello"_s;
}

ErrorFrame refusalBeforeHello(const ClientFrame &frame)
{
    ErrorFrame error = Refusals::helloFirst();
    if (const auto *const post = std::get_if<PostFrame>(&frame))
        error.postId = post->id.toString(QUuid::WithoutBraces);
    return error;
}

ErrorFrame refusalBeforeHello(const FrameRefusal &refusal)
{
    if (refusal.code == ErrorCode::BadFrame || isRefusedHello(refusal))
        return toErrorFrame(refusal);
    ErrorFrame error = Refusals::helloFirst();
    error.postId = refusal.postId;
    return error;
}

} // namespace Synchat
