// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/appicon.h"

#include <QString>

using namespace Qt::StringLiterals;

static void initResources()
{
    Q_INIT_RESOURCE(synchat); // in a static library nobody else pulls it in
}

namespace Synchat {

QIcon applicationIcon()
{
    initResources();
    QIcon icon;
    for (const int size : {16, 32, 48, 64, 128, 256})
        icon.addFile(u":/icons/synchat-%1.png"_s.arg(size), QSize(size, size));
    return icon;
}

} // namespace Synchat
