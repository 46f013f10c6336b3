// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/webassets.h"

#include <QCryptographicHash>
#include <QFile>
#include <QMap>

using namespace Qt::StringLiterals;

/// A static library's resources are linked in only when they are asked for; outside of any namespace.
static void initWebResources()
{
    Q_INIT_RESOURCE(web);
}

namespace Synchat {

namespace {

constexpr qsizetype HashLetters = 12;

struct Assets
{
    QString style;
    QString icon;
    QMap<QString, WebAsset> byName;

    Assets()
    {
        initWebResources();
        style = add(u":/web/history.css"_s, u"history"_s, u"css"_s, "text/css; charset=utf-8");
        icon = add(u":/icons/synchat-32.png"_s, u"synchat"_s, u"png"_s, "image/png");
    }

private:
    QString add(const QString &path, const QString &name, const QString &suffix, const QByteArray &type)
    {
        QFile file(path);
        const bool isThere = file.open(QIODevice::ReadOnly);
        Q_ASSERT(isThere);
        const QByteArray content = isThere ? file.readAll() : QByteArray();
        const QByteArray hash = QCryptographicHash::hash(content, QCryptographicHash::Sha256).toHex();
        const QString whole = name + u'-' + QString::fromLatin1(hash.first(HashLetters)) + u'.' + suffix;
        byName.insert(whole, {type, content});
        return whole;
    }
};

const Assets &assets()
{
    static const Assets all;
    return all;
}

} // namespace

QString styleAddress()
{
    return u"/assets/"_s + assets().style;
}

QString iconAddress()
{
    return u"/assets/"_s + assets().icon;
}

std::optional<WebAsset> findAsset(const QString &name)
{
    const auto found = assets().byName.constFind(name);
    return found == assets().byName.constEnd() ? std::nullopt : std::optional(*found);
}

} // namespace Synchat
