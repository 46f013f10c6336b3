// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/refusals.h"

namespace Synchat {
namespace {

ErrorFrame refusal(ErrorCode code, const QString &message, std::optional<double> retryAfter = {})
{
    ErrorFrame error;
    error.code = code;
    error.message = message;
    error.retryAfter = retryAfter;
    return error;
}

constexpr double SoonSeconds = 1.0;
constexpr double SettledSeconds = 30.0; ///< a person has to do something

} // namespace

ErrorFrame Refusals::helloFirst()
{
    return refusal(ErrorCode::HelloFirst, tr("Say hello first: nothing else is answered before it."));
}

ErrorFrame Refusals::helloTwice()
{
    return refusal(ErrorCode::BadField, tr("This connection has already said hello."));
}

ErrorFrame Refusals::nameTaken(const QString &name)
{
    return refusal(ErrorCode::NameTaken,
                   tr("Somebody else here is called %1. Choose another name.").arg(name));
}

ErrorFrame Refusals::noAccounts()
{
    return refusal(ErrorCode::Unauthorized,
                   tr("This server has no account that fits this name and password."));
}

ErrorFrame Refusals::badToken()
{
    return refusal(ErrorCode::Unauthorized,
                   tr("This server does not know the token. Say hello without it to come as a new guest."));
}

ErrorFrame Refusals::roomUnknown(const QString &room)
{
    return refusal(ErrorCode::RoomUnknown, tr("There is no room called %1.").arg(room));
}

ErrorFrame Refusals::roomExists(const QString &room)
{
    return refusal(ErrorCode::RoomExists,
                   tr("There is a room called %1 already. Join it instead.").arg(room));
}

ErrorFrame Refusals::noPrivateRooms()
{
    return refusal(ErrorCode::Forbidden,
                   tr("This server has no private rooms. Create the room without a key."));
}

ErrorFrame Refusals::tooManyRooms()
{
    return refusal(ErrorCode::Forbidden, tr("This server has as many rooms as it may have."));
}

ErrorFrame Refusals::tooManyJoined(qsizetype most)
{
    return refusal(ErrorCode::Forbidden,
                   tr("One connection can be in %1 rooms at most. Leave one first.").arg(most));
}

ErrorFrame Refusals::roomNotStored()
{
    return refusal(ErrorCode::NotStored, tr("The room could not be stored, so it was not created."));
}

ErrorFrame Refusals::notJoined(const QString &room)
{
    return refusal(ErrorCode::NotJoined, tr("This is for members of the room %1. Join it first.").arg(room));
}

ErrorFrame Refusals::rateLimited(double retryAfter)
{
    return refusal(ErrorCode::RateLimited, tr("You are posting too fast. Wait a moment and send it again."),
                   retryAfter);
}

ErrorFrame Refusals::busy()
{
    return refusal(ErrorCode::Busy,
                   tr("The server has more to store than it can take. Send it again in a moment."),
                   SoonSeconds);
}

ErrorFrame Refusals::bridgeRefuses(const QString &room)
{
    return refusal(ErrorCode::Busy,
                   tr("MongoDB refuses a message in %1, and nothing may be posted behind it until that is "
                      "settled. Whoever runs the server sees why with \"synchatd mongo status\", and has it "
                      "tried again with \"synchatd mongo replay --dead\".")
                       .arg(room),
                   SettledSeconds);
}

ErrorFrame Refusals::stopping()
{
    return refusal(ErrorCode::Busy, tr("The server is stopping. Try again when it is back."), SoonSeconds);
}

ErrorFrame Refusals::notStored()
{
    return refusal(ErrorCode::NotStored, tr("The message could not be stored, so nobody has seen it."));
}

ErrorFrame Refusals::badReplyTo()
{
    return refusal(ErrorCode::BadField, tr("The message that is replied to does not exist in this room."));
}

ErrorFrame Refusals::historyUnreadable()
{
    return refusal(ErrorCode::Internal, tr("The history could not be read. Try again later."));
}

ErrorFrame Refusals::tooManyReadings()
{
    return refusal(ErrorCode::Busy,
                   tr("Too many pages of history are asked for at once. Try again in a moment."),
                   SoonSeconds);
}

ErrorFrame Refusals::badSearch(const QString &problem)
{
    return refusal(ErrorCode::BadField, problem);
}

ErrorFrame Refusals::joinedNoRoom()
{
    return refusal(ErrorCode::NotJoined, tr("Join a room first: what is searched is where you are."));
}

ErrorFrame Refusals::tooManySearches()
{
    return refusal(ErrorCode::Busy, tr("Too many searches are under way. Try again in a moment."),
                   SoonSeconds);
}

QString Refusals::tooManyErrors()
{
    return tr("Too many errors in a minute.");
}

QString Refusals::readAgainLater()
{
    return tr("The history could not be read.");
}

ErrorFrame toErrorFrame(const FrameRefusal &refused)
{
    ErrorFrame error = refusal(refused.code, refused.message);
    error.postId = refused.postId;
    return error;
}

} // namespace Synchat
