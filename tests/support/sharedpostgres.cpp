// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// `sharedpostgres start`: starts a PostgreSQL and leaves its address in the file SYNCHAT_TEST_POSTGRES;
// `sharedpostgres stop`: ends it. Where there is none, tests that need it say so.
#include "tests/support/realpostgres.h"

#include <QCoreApplication>
#include <QFile>

#include <cstdio>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

int start(QFile &file)
{
    if (const auto problem = RealPostgres::problem()) {
        std::fprintf(stderr, "LEFT OUT: %s\n", qPrintable(*problem));
        return qEnvironmentVariableIsSet("CI") ? 1 : 0;
    }
    RealPostgres server;
    if (!server.start({.fsync = false})) {
        std::fprintf(stderr, "%s\n", qPrintable(server.error()));
        return 1;
    }
    const QByteArray lines = server.url().toUtf8() + '\n' + server.detach().toUtf8() + '\n';
    return file.open(QIODevice::WriteOnly) && file.write(lines) == lines.size() ? 0 : 1;
}

int stop(QFile &file)
{
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QString folder = QString::fromUtf8(file.readAll().split('\n').value(1));
    file.remove();
    RealPostgres::endDetached(folder);
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QFile file(qEnvironmentVariable("SYNCHAT_TEST_POSTGRES"));
    const QString what = application.arguments().value(1);
    stop(file); // also one that a run before has left
    file.close();
    return what == u"start"_s ? start(file) : 0;
}
