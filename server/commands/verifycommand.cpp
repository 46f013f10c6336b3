// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/commands/verifycommand.h"

#include "common/bundlecheck.h"
#include "common/bundletext.h"

#include <QCoreApplication>
#include <QFile>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Synchat::VerifyCommand)
};

constexpr qint64 PieceBytes = 256 * 1024;

/// Nothing: read whole. Else why not.
std::optional<QString> feed(QFile &file, BundleChecker &checker)
{
    for (;;) {
        const QByteArray piece = file.read(PieceBytes);
        if (piece.isEmpty())
            return file.error() == QFileDevice::NoError ? std::nullopt : std::optional(file.errorString());
        if (!checker.add(piece))
            return std::nullopt;
    }
}

int tell(const BundleVerdict &verdict, bool keyWasGiven, const CommandOutput &output)
{
    if (verdict.manifest) {
        for (const QString &line : BundleText::facts(*verdict.manifest))
            output.say(line);
    }
    output.say(BundleText::signer(verdict, keyWasGiven ? BundleText::KeyQuestion::Given
                                                       : BundleText::KeyQuestion::None));
    if (verdict.isGood()) {
        output.say(BundleText::conclusion(verdict));
        return Done;
    }
    (void)output.complain(verdict.sentence);
    return output.complain(BundleText::conclusion(verdict));
}

} // namespace

CommandUsage verifyUsage()
{
    return {
        .words = Text::tr("BUNDLE"),
        .leastWords = 1,
        .mostWords = 1,
        .options = {{u"key"_s,
                     Text::tr("The public key that must have signed it, as the daemon tells it (\"key\" in "
                              "/api/v1/time)."),
                     Text::tr("KEY")}}};
}

int runVerify(const CommandLine &line, const CommandOutput &output, const Clock &)
{
    std::optional<PublicKey> expected;
    if (line.has(u"key"_s)) {
        expected = PublicKey::fromBase64(line.options.value(u"key"_s));
        if (!expected) {
            (void)output.complain(
                Text::tr("--key must be a public key: 44 characters of base64 that end with \"=\"."));
            return BadUse;
        }
    }
    const QString path = line.words.first();
    QFile file(path);
    const bool opened =
        path == u"-"_s ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    if (!opened)
        return output.complain(Text::tr("The file %1 cannot be read: %2.").arg(path, file.errorString()));
    BundleChecker checker(expected);
    if (const auto problem = feed(file, checker))
        return output.complain(Text::tr("The file %1 cannot be read: %2.").arg(path, *problem));
    return tell(checker.finish(), expected.has_value(), output);
}

} // namespace Synchat
