// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/result.h"
#include "common/signature.h"

namespace Synchat {

// The daemon's signing key: `signing.key` in its data folder, 0600, one line with the seed in base64. Who has
// it can sign in the daemon's name, so one that others can read is refused, and a damaged one is never
// replaced in silence: whoever trusts the old key would be told nothing. `configured`, where it is not empty,
// is the seed of a key that comes from the configuration (of a host without a lasting disk), and no file is
// looked at. Errors are whole sentences that say what to do.

QString signingKeyPath(const QString &dataDir);

/// Made when there is none; the caller holds the lock of the folder.
Result<SigningKey, QString> readOrMakeSigningKey(const QString &dataDir, const QByteArray &configured = {});
/// For whoever only uses it: that there is none is an error.
Result<SigningKey, QString> readSigningKey(const QString &dataDir, const QByteArray &configured = {});

} // namespace Synchat
