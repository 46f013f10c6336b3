// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/signingkeyfile.h"

#include "server/store/durable.h"

#include <QCoreApplication>
#include <QFile>

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Synchat::SigningKeyFile)
};

constexpr size_t LargestFile = 256;
constexpr mode_t ForOthers = S_IRWXG | S_IRWXO;

/// A file descriptor that is closed at the end.
class Descriptor
{
public:
    explicit Descriptor(int number)
        : m_number(number)
    {}
    ~Descriptor()
    {
        if (m_number >= 0)
            ::close(m_number);
    }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    int number() const { return m_number; }
    bool isOpen() const { return m_number >= 0; }

private:
    int m_number;
};

Failure<QString> cannotRead(const QString &path, int error)
{
    return Failure(Text::tr("The signing key %1 cannot be read: %2.").arg(path, qt_error_string(error)));
}

Failure<QString> cannotMake(const QString &path, int error)
{
    return Failure(Text::tr("The signing key %1 cannot be made: %2.").arg(path, qt_error_string(error)));
}

Failure<QString> damaged(const QString &path)
{
    return Failure(
        Text::tr(
            "The signing key %1 is damaged. Put it back from a backup. Without one, move it away: a new key "
            "is made at the next start, and whoever knows the old one has to be told.")
            .arg(path));
}

Result<SigningKey, QString> readKey(const QString &path, int file)
{
    struct stat status = {};
    if (::fstat(file, &status) != 0)
        return cannotRead(path, errno);
    if (!S_ISREG(status.st_mode))
        return damaged(path);
    if ((status.st_mode & ForOthers) != 0)
        return Failure(Text::tr("The signing key %1 can be used by other users of this machine. If nobody "
                                "took it, take their "
                                "rights away: chmod 600 %1")
                           .arg(path));
    QByteArray content(LargestFile + 1, '\0');
    const ssize_t length = ::read(file, content.data(), LargestFile + 1);
    if (length < 0)
        return cannotRead(path, errno);
    content.truncate(length);
    const auto seed =
        QByteArray::fromBase64Encoding(content.trimmed(), QByteArray::AbortOnBase64DecodingErrors);
    auto key = seed ? SigningKey::fromSeed(seed.decoded) : std::nullopt;
    if (!key)
        return damaged(path);
    return *std::move(key);
}

bool writeAll(int file, const QByteArray &bytes)
{
    return ::write(file, bytes.constData(), size_t(bytes.size())) == bytes.size() && ::fsync(file) == 0;
}

/// Whole under its name, or not there at all.
Result<SigningKey, QString> makeKey(const QString &dataDir, const QString &path)
{
    SigningKey key = SigningKey::generate();
    const QByteArray name = QFile::encodeName(path);
    const QByteArray temporary = name + ".new";
    ::unlink(temporary.constData()); // of a start that was cut off
    const Descriptor file(::open(temporary.constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!file.isOpen())
        return cannotMake(path, errno);
    const bool whole = writeAll(file.number(), key.seed().toBase64() + '\n') &&
                       ::rename(temporary.constData(), name.constData()) == 0;
    if (!whole) {
        const int error = errno;
        ::unlink(temporary.constData());
        return cannotMake(path, error);
    }
    (void)syncFolder(dataDir);
    return key;
}

Result<SigningKey, QString> findKey(const QString &dataDir, const QByteArray &configured,
                                    Result<SigningKey, QString> (*otherwise)(const QString &,
                                                                             const QString &))
{
    if (auto key = SigningKey::fromSeed(configured))
        return *std::move(key);
    const QString path = signingKeyPath(dataDir);
    const Descriptor file(::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (file.isOpen())
        return readKey(path, file.number());
    return errno == ENOENT ? otherwise(dataDir, path) : cannotRead(path, errno);
}

} // namespace

QString signingKeyPath(const QString &dataDir)
{
    return dataDir + u"/signing.key"_s;
}

Result<SigningKey, QString> readOrMakeSigningKey(const QString &dataDir, const QByteArray &configured)
{
    return findKey(dataDir, configured, makeKey);
}

Result<SigningKey, QString> readSigningKey(const QString &dataDir, const QByteArray &configured)
{
    return findKey(
        dataDir, configured, [](const QString &folder, const QString &) -> Result<SigningKey, QString> {
            return Failure(Text::tr("There is no signing key in %1: it is made when the daemon starts there.")
                               .arg(folder));
        });
}

} // namespace Synchat
