// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A closed loop of NTP requests: so many sockets, so many requests under way, a new one for each reply that
// comes. Replies are checked (48 bytes, server mode, the request's cookie as origin; with --echo the request
// itself) and counted.
// Usage: ntpload ADDRESS PORT SECONDS [--window N] [--sockets N] [--rate N] [--echo]
//   --rate N: at most N requests a second (open valve: background load), else as fast as the replies come.
// Prints one line: replies R seconds S wrong W lost L
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <getopt.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { PacketBytes = 48, MaxSockets = 64, MaxEach = 64, SlotBytes = 64, LossMillis = 200 };

struct flow
{
    int fd;
    bool segments;             // the kernel cuts one long datagram into many (UDP GSO)
    uint64_t cookies[MaxEach]; // of the requests under way; 0: none
    int idle[MaxEach];         // slots without a request
    int idleCount;
};

struct plan
{
    struct sockaddr_storage server;
    socklen_t serverLength;
    double seconds;
    double rate;
    int window;
    int sockets;
    bool echo;
};

struct tally
{
    uint64_t sent, replies, wrong, lost;
};

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static void openFlow(struct flow *flow, const struct plan *plan, int each)
{
    memset(flow, 0, sizeof *flow);
    flow->fd = socket(plan->server.ss_family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (flow->fd < 0)
        die("socket");
    if (connect(flow->fd, (const struct sockaddr *)&plan->server, plan->serverLength) != 0)
        die("connect");
    const int size = PacketBytes;
    flow->segments = setsockopt(flow->fd, IPPROTO_UDP, UDP_SEGMENT, &size, sizeof size) == 0;
    for (int i = 0; i < each; ++i)
        flow->idle[flow->idleCount++] = i;
}

/// A cookie that says its slot, and that no reply of an earlier request carries.
static uint64_t nextCookie(int slot)
{
    static uint64_t count = 0;
    return ((++count * 0x9E3779B97F4A7C15u) & ~(uint64_t)0xFF) | (uint64_t)slot;
}

static void sendRequests(struct flow *flow, int most, struct tally *tally)
{
    static unsigned char bytes[MaxEach * PacketBytes];
    int count = 0;
    for (; count < most && flow->idleCount > 0; ++count) {
        const int slot = flow->idle[--flow->idleCount];
        unsigned char *packet = bytes + count * PacketBytes;
        memset(packet, 0, PacketBytes);
        packet[0] = 0x23; // version 4, mode 3
        packet[2] = 6;
        flow->cookies[slot] = nextCookie(slot);
        memcpy(packet + 40, &flow->cookies[slot], 8);
    }
    // Not taken by the kernel: counted as lost later.
    if (count > 0 && flow->segments)
        (void)!send(flow->fd, bytes, (size_t)(count * PacketBytes), MSG_DONTWAIT);
    for (int i = 0; i < count && !flow->segments; ++i)
        (void)!send(flow->fd, bytes + i * PacketBytes, PacketBytes, MSG_DONTWAIT);
    tally->sent += (uint64_t)count;
}

static bool isReply(const unsigned char *packet, unsigned length, const struct flow *flow, bool echo,
                    int each, int *slot)
{
    if (length != PacketBytes || (packet[0] & 7) != (echo ? 3 : 4))
        return false;
    uint64_t cookie;
    memcpy(&cookie, packet + (echo ? 40 : 24), 8);
    *slot = (int)(cookie & 0xFF);
    return *slot < each && cookie != 0 && flow->cookies[*slot] == cookie;
}

static void readReplies(struct flow *flow, const struct plan *plan, int each, struct tally *tally)
{
    static unsigned char data[MaxEach][SlotBytes];
    static struct iovec parts[MaxEach];
    static struct mmsghdr messages[MaxEach];
    for (int i = 0; i < each; ++i) {
        parts[i] = (struct iovec){data[i], SlotBytes};
        messages[i].msg_hdr = (struct msghdr){.msg_iov = &parts[i], .msg_iovlen = 1};
    }
    const int count = recvmmsg(flow->fd, messages, (unsigned)each, MSG_DONTWAIT, NULL);
    for (int i = 0; i < count; ++i) {
        int slot = 0;
        if (!isReply(data[i], messages[i].msg_len, flow, plan->echo, each, &slot)) {
            ++tally->wrong;
            continue;
        }
        ++tally->replies;
        flow->cookies[slot] = 0;
        flow->idle[flow->idleCount++] = slot;
    }
}

/// Nothing came for a while: what is under way is lost.
static void giveUp(struct flow *flow, int each, struct tally *tally)
{
    flow->idleCount = 0;
    for (int slot = 0; slot < each; ++slot) {
        tally->lost += flow->cookies[slot] != 0;
        flow->cookies[slot] = 0;
        flow->idle[flow->idleCount++] = slot;
    }
}

static double run(const struct plan *plan, struct tally *tally)
{
    static struct flow flows[MaxSockets];
    struct pollfd waits[MaxSockets];
    const int each = plan->window / plan->sockets;
    for (int i = 0; i < plan->sockets; ++i) {
        openFlow(&flows[i], plan, each);
        waits[i] = (struct pollfd){.fd = flows[i].fd, .events = POLLIN};
    }
    const double start = now();
    double last = start;
    while (last < start + plan->seconds) {
        for (int i = 0; i < plan->sockets; ++i) {
            const double allowed = plan->rate * (now() - start) - (double)tally->sent;
            const int most = plan->rate > 0 && allowed < each ? (int)(allowed > 0 ? allowed : 0) : each;
            sendRequests(&flows[i], most, tally);
        }
        const int ready = poll(waits, (nfds_t)plan->sockets, plan->rate > 0 ? 1 : LossMillis);
        for (int i = 0; i < plan->sockets; ++i) {
            if (ready == 0 && plan->rate == 0)
                giveUp(&flows[i], each, tally);
            else if (waits[i].revents != 0)
                readReplies(&flows[i], plan, each, tally);
        }
        last = now();
    }
    return last - start;
}

static bool parseServer(struct plan *plan, const char *address, const char *port)
{
    struct sockaddr_in *v4 = (struct sockaddr_in *)&plan->server;
    struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)&plan->server;
    const in_port_t number = htons((uint16_t)atoi(port));
    if (inet_pton(AF_INET, address, &v4->sin_addr) == 1) {
        v4->sin_family = AF_INET;
        v4->sin_port = number;
        plan->serverLength = sizeof *v4;
        return true;
    }
    v6->sin6_family = AF_INET6;
    v6->sin6_port = number;
    plan->serverLength = sizeof *v6;
    return inet_pton(AF_INET6, address, &v6->sin6_addr) == 1;
}

int main(int argc, char **argv)
{
    static const struct option options[] = {{"window", required_argument, NULL, 'w'},
                                            {"sockets", required_argument, NULL, 's'},
                                            {"rate", required_argument, NULL, 'r'},
                                            {"echo", no_argument, NULL, 'e'},
                                            {NULL, 0, NULL, 0}};
    struct plan plan = {.window = 256, .sockets = 16};
    for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        switch (option) {
        case 'w':
            plan.window = atoi(optarg);
            break;
        case 's':
            plan.sockets = atoi(optarg);
            break;
        case 'r':
            plan.rate = atof(optarg);
            break;
        case 'e':
            plan.echo = true;
            break;
        default:
            return 2;
        }
    }
    const bool fits = plan.sockets >= 1 && plan.sockets <= MaxSockets && plan.window >= plan.sockets &&
                      plan.window / plan.sockets <= MaxEach;
    if (argc - optind != 3 || !fits || !parseServer(&plan, argv[optind], argv[optind + 1])) {
        fprintf(stderr,
                "usage: ntpload ADDRESS PORT SECONDS [--window N] [--sockets N] [--rate N] [--echo]\n");
        return 2;
    }
    plan.seconds = atof(argv[optind + 2]);
    struct tally tally = {0};
    const double seconds = run(&plan, &tally);
    printf("replies %llu seconds %.6f wrong %llu lost %llu\n", (unsigned long long)tally.replies, seconds,
           (unsigned long long)tally.wrong, (unsigned long long)tally.lost);
    return 0;
}
