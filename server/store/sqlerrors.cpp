// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/sqlerrors.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Synchat::SqlErrors)
};

// Primary result codes of SQLite (sqlite.org/rescode.html); the driver hands them on as text.
enum SqliteCode {
    Perm = 3,
    Busy = 5,
    Locked = 6,
    ReadOnlyFile = 8,
    IoError = 10,
    Corrupt = 11,
    Full = 13,
    CantOpen = 14,
    TooBig = 18,
    NotADatabase = 26,
};

QString explainSqlite(const QSqlError &error)
{
    switch (error.nativeErrorCode().toInt() & 0xff) {
    case Full:
        return Text::tr("The disk that holds the history is full.");
    case Busy:
    case Locked:
        return Text::tr("The history is locked by another program.");
    case ReadOnlyFile:
    case Perm:
        return Text::tr("The history cannot be written to: it is read-only.");
    case IoError:
        return Text::tr("The disk that holds the history reports an error (%1).").arg(error.databaseText());
    case Corrupt:
        return Text::tr("The history is damaged (%1).").arg(error.databaseText());
    case NotADatabase:
        return Text::tr("The file of the history is not a database.");
    case CantOpen:
        return Text::tr("The file of the history cannot be opened.");
    case TooBig:
        return Text::tr("The message is too large for the history.");
    default:
        return Text::tr("The history reports an error (%1).").arg(error.text().trimmed());
    }
}

/// What the driver for PostgreSQL puts before its own words.
constexpr auto PostgresqlMark = "QPSQL"_L1;

bool isPostgresql(const QSqlError &error)
{
    return error.driverText().startsWith(PostgresqlMark);
}

/// The server's words: the first line, without the code that the driver appends.
QString serverWords(const QSqlError &error)
{
    QString words = error.databaseText().section(u'\n', 0, 0).trimmed();
    for (const QString &prefix : {u"ERROR:"_s, u"FATAL:"_s}) {
        if (words.startsWith(prefix))
            words = words.mid(prefix.size()).trimmed();
    }
    while (words.endsWith(u'.'))
        words.chop(1);
    return words.isEmpty() ? Text::tr("no reason given") : words;
}

struct Explained
{
    const char *start; ///< of an SQLSTATE (postgresql.org/docs/15/errcodes-appendix.html), or words of libpq
    const char *sentence;
};

constexpr Explained ByState[] = {
    {"53100", QT_TRANSLATE_NOOP("Synchat::SqlErrors", "The disk of the database server is full.")},
    {"53200", QT_TRANSLATE_NOOP("Synchat::SqlErrors", "The database server has too little memory.")},
    {"53300", QT_TRANSLATE_NOOP("Synchat::SqlErrors", "The database server takes no more connections.")},
    {"25006",
     QT_TRANSLATE_NOOP("Synchat::SqlErrors", "The history cannot be written to: the database is read-only.")},
    {"42501", QT_TRANSLATE_NOOP("Synchat::SqlErrors",
                                "The database does not allow that to this user (%1). Let the user own the "
                                "database, or grant it what is missing.")},
    {"28",
     QT_TRANSLATE_NOOP("Synchat::SqlErrors", "The database server refuses this user or password (%1).")},
    {"3D", QT_TRANSLATE_NOOP("Synchat::SqlErrors",
                             "There is no such database on the server (%1). Please create it.")},
    {"55P03", QT_TRANSLATE_NOOP("Synchat::SqlErrors", "The history is locked by another program.")},
    {"57014", QT_TRANSLATE_NOOP("Synchat::SqlErrors", "The database server took too long.")},
    {"58", QT_TRANSLATE_NOOP("Synchat::SqlErrors", "The disk of the database server reports an error (%1).")},
    {"XX001", QT_TRANSLATE_NOOP("Synchat::SqlErrors", "The history is damaged (%1).")},
    {"XX002", QT_TRANSLATE_NOOP("Synchat::SqlErrors", "The history is damaged (%1).")},
    {"08", QT_TRANSLATE_NOOP("Synchat::SqlErrors", "The connection to the database server is lost (%1).")},
    {"57P", QT_TRANSLATE_NOOP("Synchat::SqlErrors", "The connection to the database server is lost (%1).")},
};

// While connecting, libpq has words only. A server that speaks another language gets the last sentence.
constexpr Explained ByWords[] = {
    {"password authentication failed",
     QT_TRANSLATE_NOOP("Synchat::SqlErrors", "The database server refuses this user or password (%1).")},
    {"no password supplied",
     QT_TRANSLATE_NOOP("Synchat::SqlErrors", "The database server wants a password (%1).")},
    {"authentication failed",
     QT_TRANSLATE_NOOP("Synchat::SqlErrors", "The database server refuses this user or password (%1).")},
    {"permission denied",
     QT_TRANSLATE_NOOP("Synchat::SqlErrors", "The database server refuses this user or password (%1).")},
    {"role \"",
     QT_TRANSLATE_NOOP("Synchat::SqlErrors", "The database server refuses this user or password (%1).")},
    {"database \"", QT_TRANSLATE_NOOP("Synchat::SqlErrors",
                                      "There is no such database on the server (%1). Please create it.")},
    {"too many c", // clients, connections
     QT_TRANSLATE_NOOP("Synchat::SqlErrors", "The database server takes no more connections.")},
    {"remaining connection slots",
     QT_TRANSLATE_NOOP("Synchat::SqlErrors", "The database server takes no more connections.")},
    {"", QT_TRANSLATE_NOOP("Synchat::SqlErrors", "The database server cannot be reached (%1).")},
};

QString fill(const char *sentence, const QSqlError &error)
{
    const QString text = QCoreApplication::translate("Synchat::SqlErrors", sentence);
    return text.contains(u"%1"_s) ? text.arg(serverWords(error)) : text;
}

QString explainPostgresql(const QSqlError &error)
{
    const QString state = error.nativeErrorCode();
    if (state.isEmpty() && error.type() != QSqlError::ConnectionError)
        return fill(
            QT_TRANSLATE_NOOP("Synchat::SqlErrors", "The connection to the database server is lost (%1)."),
            error);
    if (state.isEmpty()) {
        for (const Explained &known : ByWords) {
            if (error.databaseText().contains(QLatin1StringView(known.start)))
                return fill(known.sentence, error);
        }
    }
    for (const Explained &known : ByState) {
        if (state.startsWith(QLatin1StringView(known.start)))
            return fill(known.sentence, error);
    }
    return Text::tr("The database server reports an error (%1, code %2).").arg(serverWords(error), state);
}

} // namespace

QString explainSqlError(const QSqlError &error)
{
    return isPostgresql(error) ? explainPostgresql(error) : explainSqlite(error);
}

bool isConnectionLost(const QSqlError &error)
{
    const QString state = error.nativeErrorCode();
    return isPostgresql(error) &&
           (state.isEmpty() || state.startsWith("08"_L1) || state.startsWith("57P"_L1));
}

bool isDamage(const QSqlError &error)
{
    const int code = error.nativeErrorCode().toInt() & 0xff;
    return !isPostgresql(error) && (code == Corrupt || code == NotADatabase || code == IoError);
}

QSqlError connectionLostError()
{
    return {PostgresqlMark, Text::tr("it had ended before"), QSqlError::StatementError};
}

} // namespace Synchat
