// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The peer of the NTP throughput measurement: what comes goes back, with the socket options that our server
// has (receive stamps, destination addresses) and without any work. What the kernel allows is what it does.
// Usage: peer_udp_echo ADDRESS PORT [BATCH]; prints `ready PORT`, ends when its standard input does.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MaxBatch = 64, DatagramBytes = 2048, ControlBytes = 256 };

struct slot
{
    unsigned char data[DatagramBytes];
    _Alignas(8) unsigned char control[ControlBytes];
    struct sockaddr_in peer;
    struct iovec part;
};

static int open4(const char *address, const char *port)
{
    struct sockaddr_in own = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(port))};
    const int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    if (fd < 0 || inet_pton(AF_INET, address, &own.sin_addr) != 1 ||
        bind(fd, (const struct sockaddr *)&own, sizeof own) != 0 ||
        setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on) != 0 ||
        setsockopt(fd, IPPROTO_IP, IP_PKTINFO, &on, sizeof on) != 0) {
        perror("peer_udp_echo");
        exit(1);
    }
    socklen_t length = sizeof own;
    getsockname(fd, (struct sockaddr *)&own, &length);
    printf("ready %d\n", ntohs(own.sin_port));
    fflush(stdout);
    return fd;
}

static void echo(int fd, unsigned batch)
{
    static struct slot slots[MaxBatch];
    static struct mmsghdr messages[MaxBatch];
    for (unsigned i = 0; i < batch; ++i) {
        slots[i].part = (struct iovec){slots[i].data, DatagramBytes};
        messages[i].msg_hdr = (struct msghdr){.msg_name = &slots[i].peer,
                                              .msg_namelen = sizeof slots[i].peer,
                                              .msg_iov = &slots[i].part,
                                              .msg_iovlen = 1,
                                              .msg_control = slots[i].control,
                                              .msg_controllen = ControlBytes};
    }
    const int count = recvmmsg(fd, messages, batch, MSG_DONTWAIT, NULL);
    for (int i = 0; i < count; ++i) {
        slots[i].part.iov_len = messages[i].msg_len;
        messages[i].msg_hdr.msg_control = NULL;
        messages[i].msg_hdr.msg_controllen = 0;
    }
    if (count > 0)
        sendmmsg(fd, messages, (unsigned)count, MSG_DONTWAIT);
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: peer_udp_echo ADDRESS PORT [BATCH]\n");
        return 2;
    }
    const int wanted = argc > 3 ? atoi(argv[3]) : 16;
    const unsigned batch = wanted >= 1 && wanted <= MaxBatch ? (unsigned)wanted : 16;
    const int fd = open4(argv[1], argv[2]);
    struct pollfd waits[] = {{.fd = fd, .events = POLLIN}, {.fd = STDIN_FILENO, .events = POLLIN}};
    while (poll(waits, 2, -1) >= 0 && waits[1].revents == 0)
        echo(fd, batch);
    return 0;
}
