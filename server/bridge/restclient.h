// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/bridge/bridgeconfig.h"
#include "server/bridge/restheartreplies.h"

#include <QNetworkAccessManager>

#include <chrono>
#include <functional>

namespace Synchat {

struct RestLimits
{
    std::chrono::milliseconds timeout{30000}; ///< for a whole request, from its begin to the last byte
    qint64 replyBytes = 64 * 1024 * 1024;
};

/// Requests to a bridge as whole answers. Each ends within the time limit and the size limit; no redirect is
/// followed, so the password goes to no other host; certificates are checked; neither cookies nor caches.
/// Knows nothing of what the answers mean.
class RestClient
{
public:
    /// An answer of whatever status, or why there was none.
    using Done = std::function<void(const Result<BridgeReply, StoreFailure> &)>;

    explicit RestClient(const BridgeConfig &config, const RestLimits &limits = {});

    // `done` comes once, later; after the end of this object never.
    void get(const QUrl &url, Done done);
    void put(const QUrl &url, const QByteArray &json, Done done);
    void post(const QUrl &url, const QByteArray &json, Done done);

private:
    QNetworkRequest requestFor(const QUrl &url) const;
    void await(QNetworkReply *reply, Done done);

    RestLimits m_limits;
    QByteArray m_authorization;
    QNetworkAccessManager m_network;
};

/// `Basic …` (RFC 7617, UTF-8); empty without a user.
QByteArray basicAuthorization(const BridgeConfig &config);

} // namespace Synchat
