// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/consistenthue.h"

#include <QCryptographicHash>

namespace Synchat {

double consistentHue(const QString &name)
{
    const QByteArray hash = QCryptographicHash::hash(name.toUtf8(), QCryptographicHash::Sha1);
    const unsigned low = static_cast<unsigned char>(hash.at(0));
    const unsigned high = static_cast<unsigned char>(hash.at(1));
    return static_cast<double>(low + 256U * high) / 65536.0 * 360.0;
}

} // namespace Synchat
