// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/config.h"

#include <span>

namespace Synchat {

/// One thing that can be set, under the name that it has in files (`[net] port`) and, by
/// environmentName(), in the environment (`SYNCHAT_NET_PORT`).
struct Setting
{
    const char16_t *section;
    const char16_t *key;
    const char *meaning; ///< for the help; begins with what the value is
    /// Nothing: taken. Else what the value must be, to go on from "must be".
    std::optional<QString> (*apply)(Config &config, const QString &value);
    bool isSecret = false; ///< the value is never printed

    QString sectionName() const { return QString::fromUtf16(section); }
    QString keyName() const { return QString::fromUtf16(key); }
    QString environmentName() const;
};

std::span<const Setting> allSettings();
/// Null: there is none of this name.
const Setting *findSetting(const QString &section, const QString &key);
bool isSettingSection(const QString &section);

} // namespace Synchat
