// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The frames of common/PROTOCOL.md as values, and their JSON. Pure: text in, values out, and back.
// Input from the network is checked here once; what comes out cannot be wrong in form. Whether a frame is
// allowed (who, when, how often) is decided in server/chat.

#include "common/limits.h"
#include "common/message.h"
#include "common/names.h"
#include "common/result.h"

#include <QByteArray>
#include <QJsonObject>

#include <variant>

namespace Synchat {

enum class ErrorCode : quint8 {
    BadFrame,
    UnknownType,
    BadField,
    HelloFirst,
    BadName,
    NameTaken,
    Unauthorized,
    Forbidden,
    RoomUnknown,
    RoomExists,
    BadKey,
    NotJoined,
    TooLong,
    Blank,
    RateLimited,
    Busy,
    NotStored,
    Muted,
    Banned,
    Internal,
};
QString errorCodeName(ErrorCode code); ///< as on the wire: `bad_frame`, ...
std::optional<ErrorCode> errorCodeFromName(const QString &name);

// ---- client to server ----------------------------------------------------------------------------------

struct HelloFrame
{
    UserName name;
    QString client;
    std::optional<QString> password;
    std::optional<QString> token;
};
struct RoomsFrame
{};
struct CreateFrame
{
    RoomName room;
    QString title; ///< empty: none given
    std::optional<QString> key;
};
struct JoinFrame
{
    RoomName room;
    std::optional<QString> key;
    std::optional<qint64> after; ///< last seq held, >= 0
    std::optional<QString> epoch;
};
struct LeaveFrame
{
    RoomName room;
};
struct PostFrame
{
    RoomName room;
    QUuid id;
    QString text; ///< 1 to 4096 units, not blank, no U+0000, no lone surrogate
    std::optional<qint64> seen;
    std::optional<qint64> replyTo;
    LiveStamp live;
};
enum class HistoryAnchor : quint8 { Newest, Before, After, Around, At };
struct HistoryFrame
{
    RoomName room;
    HistoryAnchor anchor = HistoryAnchor::Newest;
    qint64 value = 0;                ///< a seq, or with `At` a time in microseconds
    int limit = Limits::DefaultPage; ///< 1 to MaxPage
};
struct SearchFrame
{
    QString query;
    std::optional<RoomName> room;
    QString from;
    OptionalMicros since;
    OptionalMicros until;
    int limit = Limits::DefaultPage;
    QString cursor;
};
struct TimeFrame
{
    WireMicros t1 = 0;
};
struct ClockFrame
{
    LiveStamp clock; ///< `t` unused
};
struct TypingFrame
{
    RoomName room;
};

using ClientFrame = std::variant<HelloFrame, RoomsFrame, CreateFrame, JoinFrame, LeaveFrame, PostFrame,
                                 HistoryFrame, SearchFrame, TimeFrame, ClockFrame, TypingFrame>;

struct ParsedClientFrame
{
    ClientFrame frame;
    QString ref; ///< empty: none
};

/// Why a frame was not taken. `type`, `ref` and `postId` are filled as far as they could be read, so that the
/// answer can carry them and so that a session can tell a broken `hello` from another frame.
struct FrameRefusal
{
    ErrorCode code = ErrorCode::BadFrame;
    QString message; ///< one whole sentence for people
    QString type;
    QString ref;
    QString postId;
};

/// `text` is one whole text message (UTF-8). Size is checked by the caller, before.
Result<ParsedClientFrame, FrameRefusal> parseClientFrame(const QByteArray &text);
QByteArray encodeClientFrame(const ClientFrame &frame, const QString &ref = {});

// ---- server to client ----------------------------------------------------------------------------------

enum class UserKind : quint8 { Guest, Account, Admin };

struct WelcomeFrame
{
    QString userId;
    QString userName;
    UserKind kind = UserKind::Guest;
    QString serverName;
    QString serverVersion;
    qsizetype frameLimit = Limits::ClientFrameBytes;
    qsizetype textLimit = Limits::TextUnits;
    int ratePerSecond = Limits::PostsPerSecond; ///< 0: no limit
    std::optional<quint16> ntpPort;
    std::optional<QString> token;
    std::optional<QString> key = {}; ///< the daemon's public key (PublicKey, base64)
};
struct RoomInfo
{
    QString room;
    QString title;
    bool isPrivate = false;
    int members = 0;
    qint64 lastSeq = 0;
    QString epoch;

    friend bool operator==(const RoomInfo &, const RoomInfo &) = default;
};
struct RoomListFrame
{
    QList<RoomInfo> rooms;
};
struct JoinedFrame
{
    QString room;
    QString title;
    bool isPrivate = false;
    QString epoch;
    qint64 firstSeq = 0;
    qint64 lastSeq = 0;
    QList<Author> members;
    bool reset = false;
};
struct LeftFrame
{
    QString room;
};
struct HistoryPage
{
    QString room;
    QString epoch;
    QList<Message> messages; ///< ascending seq
    qint64 firstSeq = 0;     ///< of the room
    qint64 lastSeq = 0;      ///< of the room
    bool complete = false;   ///< nothing lies between what was asked for and the end in that direction
};
struct PresenceFrame
{
    QString room;
    QList<Author> joined;
    QList<Author> left;
};
struct MemberClock
{
    QString id;
    OptionalMicros skew;
    OptionalMicros bound;
    StampState state = StampState::None;
    bool fault = false; ///< the clock is an injected fault
    /// How long ago they said so. Nothing: an older daemon, which does not tell.
    OptionalMicros age = {};
};
struct ClocksFrame
{
    QString room;
    QList<MemberClock> members;
};
struct TypingNotice
{
    QString room;
    Author user;
};
struct TimeReplyFrame
{
    WireMicros t1 = 0;
    WireMicros t2 = 0;     ///< received, the daemon's raw clock
    WireMicros t3 = 0;     ///< sent, the daemon's raw clock
    OptionalMicros offset; ///< reference minus the daemon's clock
    OptionalMicros bound;
    StampState state = StampState::None;
    bool fault = false; ///< the daemon's clock is an injected fault
};
struct FoundFrame
{
    QList<Message> messages;
    QString cursor; ///< empty: null
};
struct ErrorFrame
{
    ErrorCode code = ErrorCode::Internal;
    QString message;
    QString postId;                   ///< empty: not about a post
    std::optional<double> retryAfter; ///< seconds
};

using ServerFrame =
    std::variant<WelcomeFrame, RoomListFrame, JoinedFrame, LeftFrame, Message, HistoryPage, FoundFrame,
                 PresenceFrame, ClocksFrame, TypingNotice, TimeReplyFrame, ErrorFrame>;

struct ParsedServerFrame
{
    ServerFrame frame;
    QString ref;
};

/// `ref` is left out of a `message`, which is one text for all.
QByteArray encodeServerFrame(const ServerFrame &frame, const QString &ref = {});

/// A history frame that fits into `maxBytes`: when it would be longer, the page is cut at the end that is
/// farther from the anchor and `complete` becomes false. At least one message is always kept.
struct EncodedPage
{
    QByteArray bytes;
    HistoryPage page; ///< what `bytes` holds
};
/// `keepNewest`: cut old messages away (for pages asked for by `before` or as the newest), else new ones.
EncodedPage encodeHistoryPage(HistoryPage page, bool keepNewest, const QString &ref = {},
                              qsizetype maxBytes = Limits::ServerFrameBytes);

/// What a client does with a frame that it cannot read is its own affair; the error is a sentence for the
/// log. A frame of an unknown type is an error too, with `unknownType` set, so that it can be ignored in
/// silence.
struct ServerFrameProblem
{
    QString message;
    bool unknownType = false;
};
Result<ParsedServerFrame, ServerFrameProblem> parseServerFrame(const QByteArray &text);

// ---- pieces that other formats share (HTTP API, history rows, outbox file, `--json`) ---------------------

QJsonObject stampsToJson(const Stamps &stamps);
/// Lenient: what is missing or of a wrong type is `none`. For our own rows and for clients.
Stamps stampsFromJson(const QJsonObject &json);
QJsonObject liveToJson(const LiveStamp &live);
/// Anything of a wrong type anywhere gives state `none` with nothing in it (a post is accepted all the same).
LiveStamp liveFromJson(const QJsonValue &json);
/// With `"type":"message"`.
QJsonObject messageToJson(const Message &message);
QJsonObject roomInfoToJson(const RoomInfo &room);
/// The fields of `history`, without `type`.
QJsonObject historyPageToJson(const HistoryPage &page);

} // namespace Synchat
