// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
/* Commits one message row after the other, as durably as the daemon does (WAL, synchronous=FULL), and prints
 * the time of each commit in microseconds, one a line. Usage: peer_sqlite_commit FILE COUNT GAP_US */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void run(sqlite3 *db, const char *sql)
{
    char *error = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &error) != SQLITE_OK) {
        fprintf(stderr, "%s: %s\n", sql, error);
        exit(1);
    }
}

int main(int argc, char **argv)
{
    if (argc != 4)
        return 2;
    const int count = atoi(argv[2]);
    const long gap = atol(argv[3]);
    sqlite3 *db;
    if (sqlite3_open(argv[1], &db) != SQLITE_OK)
        return 1;
    run(db, "PRAGMA journal_mode=WAL");
    run(db, "PRAGMA synchronous=FULL");
    run(db, "CREATE TABLE IF NOT EXISTS message(room INTEGER, seq INTEGER, uid BLOB, author TEXT, name TEXT, "
            "text TEXT, stamps TEXT, best INTEGER, PRIMARY KEY(room, seq)) WITHOUT ROWID");
    run(db, "CREATE UNIQUE INDEX IF NOT EXISTS post ON message(room, author, uid)");
    sqlite3_stmt *insert;
    sqlite3_prepare_v2(
        db,
        "INSERT INTO message VALUES(1, (SELECT coalesce(max(seq), 0) + 1 FROM message WHERE room = 1), "
        "randomblob(16), 'g1234567890123', 'ana', ?1, ?2, 1764000000130213)",
        -1, &insert, NULL);
    char text[121], stamps[481];
    for (int i = 0; i < 120; ++i)
        text[i] = 'm';
    for (int i = 0; i < 480; ++i)
        stamps[i] = 's';
    text[120] = stamps[480] = 0;
    for (int i = 0; i < count; ++i) {
        const struct timespec pause = {0, gap * 1000};
        nanosleep(&pause, NULL);
        const double start = now_us();
        run(db, "BEGIN IMMEDIATE");
        sqlite3_bind_text(insert, 1, text, 120, SQLITE_STATIC);
        sqlite3_bind_text(insert, 2, stamps, 480, SQLITE_STATIC);
        if (sqlite3_step(insert) != SQLITE_DONE)
            return 1;
        sqlite3_reset(insert);
        run(db, "COMMIT");
        printf("%.1f\n", now_us() - start);
    }
    sqlite3_finalize(insert);
    sqlite3_close(db);
    return 0;
}
