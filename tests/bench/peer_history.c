// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
/* The transactions of the daemon's history and nothing else: WAL, synchronous=FULL, the same tables, with
 * full-text index, hash chain, outbox row and the room's last number. Texts and tokens are ready beforehand.
 *   peer_history FILE saturate SECONDS          batches of 100; prints messages a second
 *   peer_history FILE rate PER_SECOND SECONDS   messages fall due evenly, whatever is due is committed;
 * prints `p50 p99` of due to committed, microseconds */
#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MaxBatch = 512, SaturatedBatch = 100, Vocabulary = 20000, WordsInText = 14 };

static sqlite3 *db;
static sqlite3_stmt *insert_message, *insert_words, *insert_outbox, *update_room, *begin, *commit;
static unsigned char chain[crypto_hash_sha256_BYTES];
static long long last_seq;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void run(const char *sql)
{
    char *error = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &error) != SQLITE_OK) {
        fprintf(stderr, "%s: %s\n", sql, error);
        exit(1);
    }
}

static sqlite3_stmt *prepared(const char *sql)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK) {
        fprintf(stderr, "%s: %s\n", sql, sqlite3_errmsg(db));
        exit(1);
    }
    return statement;
}

static void step(sqlite3_stmt *statement)
{
    if (sqlite3_step(statement) != SQLITE_DONE) {
        fprintf(stderr, "%s\n", sqlite3_errmsg(db));
        exit(1);
    }
    sqlite3_reset(statement);
}

static void open_database(const char *file)
{
    if (sqlite3_open(file, &db) != SQLITE_OK)
        exit(1);
    run("PRAGMA journal_mode=WAL");
    run("PRAGMA synchronous=FULL");
    run("PRAGMA cache_size=-16384");
    run("CREATE TABLE room (number INTEGER PRIMARY KEY, last_seq INTEGER)");
    run("INSERT INTO room VALUES (1, 0)");
    run("CREATE TABLE message (position INTEGER PRIMARY KEY,"
        " room INTEGER GENERATED ALWAYS AS (position >> 40) VIRTUAL,"
        " seq INTEGER GENERATED ALWAYS AS (position & 1099511627775) VIRTUAL,"
        " id BLOB NOT NULL, kind TEXT NOT NULL, author TEXT NOT NULL, author_name TEXT NOT NULL,"
        " text TEXT NOT NULL, seen INTEGER, reply_to INTEGER, time INTEGER NOT NULL, stamps TEXT NOT NULL,"
        " arrival INTEGER, chain BLOB)");
    run("CREATE UNIQUE INDEX message_post ON message (room, author, id)");
    run("CREATE UNIQUE INDEX message_arrival ON message (arrival)");
    run("CREATE INDEX message_time ON message (arrival, time)");
    run("CREATE TABLE outbox (first INTEGER PRIMARY KEY, last INTEGER NOT NULL)");
    run("CREATE VIRTUAL TABLE message_words USING fts5 (words, content='', detail=none, columnsize=0,"
        " tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc Me'\")");
    insert_message = prepared(
        "INSERT INTO message (position, id, kind, author, author_name, text, time, stamps, arrival, chain)"
        " VALUES (?1, ?2, 'text', 'g1234567890123', 'ana', ?3, 1764000000130213, ?4, ?5, ?6)"
        " ON CONFLICT (room, author, id) DO NOTHING");
    insert_words = prepared("INSERT INTO message_words (rowid, words) VALUES (?1, ?2)");
    insert_outbox = prepared("INSERT INTO outbox VALUES (?1, ?2)");
    update_room = prepared("UPDATE room SET last_seq = ?1 WHERE number = 1");
    begin = prepared("BEGIN IMMEDIATE");
    commit = prepared("COMMIT");
}

static void write_message(void)
{
    static char text[256], words[320], stamps[481], canonical[1024];
    const long long seq = ++last_seq;
    char *end = text;
    for (int i = 0; i < WordsInText; ++i)
        end += sprintf(end, "w%ld ", random() % Vocabulary);
    sprintf(words,
            "%s\xEE\x80\x80r1 \xEE\x80\x80"
            "a0123456789abcdef",
            text);
    memset(stamps, 's', sizeof stamps - 1);
    unsigned char id[16];
    randombytes_buf(id, sizeof id);
    const int length =
        sprintf(canonical, "{\"seq\":%lld,\"text\":\"%s\",\"stamps\":\"%s\"}", seq, text, stamps);
    crypto_hash_sha256_state hash;
    crypto_hash_sha256_init(&hash);
    crypto_hash_sha256_update(&hash, chain, sizeof chain);
    crypto_hash_sha256_update(&hash, (unsigned char *)canonical, (unsigned long long)length);
    crypto_hash_sha256_final(&hash, chain);
    sqlite3_bind_int64(insert_message, 1, (1LL << 40) | seq);
    sqlite3_bind_blob(insert_message, 2, id, sizeof id, SQLITE_STATIC);
    sqlite3_bind_text(insert_message, 3, text, -1, SQLITE_STATIC);
    sqlite3_bind_text(insert_message, 4, stamps, -1, SQLITE_STATIC);
    sqlite3_bind_int64(insert_message, 5, seq);
    sqlite3_bind_blob(insert_message, 6, chain, sizeof chain, SQLITE_STATIC);
    step(insert_message);
    sqlite3_bind_int64(insert_words, 1, seq);
    sqlite3_bind_text(insert_words, 2, words, -1, SQLITE_STATIC);
    step(insert_words);
}

static void write_batch(int count)
{
    const long long first = last_seq + 1;
    step(begin);
    for (int i = 0; i < count; ++i)
        write_message();
    sqlite3_bind_int64(update_room, 1, last_seq);
    step(update_room);
    sqlite3_bind_int64(insert_outbox, 1, first);
    sqlite3_bind_int64(insert_outbox, 2, last_seq);
    step(insert_outbox);
    step(commit);
}

static void saturate(double seconds)
{
    const double start = now();
    while (now() - start < seconds)
        write_batch(SaturatedBatch);
    printf("%.0f\n", (double)last_seq / (now() - start));
}

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void at_rate(double per_second, double seconds)
{
    const long total = (long)(per_second * seconds);
    double *times = malloc(sizeof *times * (size_t)total);
    const double start = now();
    for (long done = 0; done < total;) {
        long due = (long)((now() - start) * per_second) + 1;
        due = due > total ? total : due;
        long count = due - done > MaxBatch ? MaxBatch : due - done;
        if (count == 0) {
            const double wait = start + (double)done / per_second - now();
            if (wait > 0) {
                const struct timespec pause = {0, (long)(wait * 1e9)};
                nanosleep(&pause, NULL);
            }
            continue;
        }
        write_batch((int)count);
        const double end = now();
        for (; count > 0; --count, ++done)
            times[done] = (end - start - (double)done / per_second) * 1e6;
    }
    qsort(times, (size_t)total, sizeof *times, ascending);
    printf("%.0f %.0f\n", times[total / 2], times[total * 99 / 100]);
    free(times);
}

int main(int argc, char **argv)
{
    if (argc < 4 || sodium_init() < 0)
        return 2;
    open_database(argv[1]);
    if (strcmp(argv[2], "saturate") == 0)
        saturate(atof(argv[3]));
    else if (strcmp(argv[2], "rate") == 0 && argc == 5)
        at_rate(atof(argv[3]), atof(argv[4]));
    else
        return 2;
    sqlite3_close(db);
    return 0;
}
