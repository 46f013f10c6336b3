// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Posts through a daemon's WebSocket and waits for each message to come back, doing as little else as can be.
// Each connection has a room of its own, so that every message goes out once.
//   postload PORT saturate SECONDS         some hundred posts under way always; prints messages a second
//   postload PORT rate PER_SECOND SECONDS  posts fall due evenly; prints `p50 p99 COUNT` of due to message,
//   us postload PORT count MESSAGES           as saturate, until so many came back; prints messages a second
#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <random>
#include <sys/socket.h>
#include <unistd.h>

namespace {

constexpr int Connections = 8;
constexpr int UnderWay = 250; // of one connection
constexpr int WordsInText = 14;
constexpr unsigned Vocabulary = 20000;

double now()
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

[[noreturn]] void fail(const char *what)
{
    std::fprintf(stderr, "postload: %s\n", what);
    std::exit(1);
}

class Connection
{
public:
    Connection(int port, int index)
        : m_room("load-" + std::to_string(::getpid() % 100000) + "-" + std::to_string(index))
    {
        m_socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(port));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(m_socket, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0)
            fail("cannot connect");
        const int on = 1;
        ::setsockopt(m_socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        m_out = "GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        flush();
        waitFor("\r\n\r\n");
        send("{\"type\":\"hello\",\"name\":\"" + m_room + "\",\"client\":\"bench\"}");
        send("{\"type\":\"create\",\"room\":\"" + m_room + "\"}");
        flush();
        waitFor("\"joined\"");
        ::fcntl(m_socket, F_SETFL, O_NONBLOCK);
    }

    int descriptor() const { return m_socket; }
    bool wantsToWrite() const { return !m_out.empty(); }

    void post(std::size_t number)
    {
        static std::minstd_rand random(1);
        char id[37];
        std::snprintf(id, sizeof id, "%08x-%04x-4%03x-8%03x-%012zx", unsigned(random()),
                      unsigned(random() & 0xffff), unsigned(random() & 0xfff), unsigned(::getpid() & 0xfff),
                      number);
        std::string text;
        for (int i = 0; i < WordsInText; ++i)
            text += "w" + std::to_string(random() % Vocabulary) + " ";
        send("{\"type\":\"post\",\"room\":\"" + m_room + "\",\"id\":\"" + id + "\",\"text\":\"" + text +
             "\",\"live\":{\"t\":1764000000123456,\"state\":\"ok\",\"offset\":-1800123,\"bound\":900,\"via\":"
             "\"udp\","
             "\"fault\":false}}");
    }

    void flush()
    {
        while (!m_out.empty()) {
            const ssize_t count = ::write(m_socket, m_out.data(), m_out.size());
            if (count < 0 && errno == EAGAIN)
                return;
            if (count <= 0)
                fail("the daemon has gone");
            m_out.erase(0, static_cast<std::size_t>(count));
        }
    }

    /// Calls `seen` with the number of each message that came back.
    template <typename Seen>
    void read(Seen seen)
    {
        static char buffer[262144];
        const ssize_t count = ::read(m_socket, buffer, sizeof buffer);
        if (count == 0)
            fail("the daemon has closed the connection");
        if (count < 0)
            return;
        m_in.append(buffer, static_cast<std::size_t>(count));
        std::size_t at = 0;
        while (const std::size_t length = wholeFrame(at)) {
            take(std::string_view(m_in).substr(at, length), seen);
            at += length;
        }
        m_in.erase(0, at);
    }

private:
    std::size_t wholeFrame(std::size_t at) const
    {
        const std::size_t have = m_in.size() - at;
        if (have < 2)
            return 0;
        const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(m_in[at + i]); };
        std::size_t length = byte(1) & 0x7F, head = 2;
        if (length == 126) {
            if (have < 4)
                return 0;
            length = std::size_t(byte(2)) << 8 | byte(3);
            head = 4;
        } else if (length == 127) {
            fail("a frame is too large");
        }
        return have >= head + length ? head + length : 0;
    }

    template <typename Seen>
    void take(std::string_view frame, Seen &seen)
    {
        if (frame.find("\"type\":\"error\"") != std::string_view::npos) {
            std::fprintf(stderr, "%.*s\n", int(frame.size()), frame.data());
            fail("a post was refused");
        }
        if (frame.find("\"type\":\"message\"") == std::string_view::npos)
            return;
        const std::size_t id = frame.find("\"id\":\"");
        seen(std::strtoull(std::string(frame.substr(id + 6 + 24, 12)).c_str(), nullptr, 16));
    }

    /// One masked text frame (RFC 6455 §5.2; the mask is zero).
    void send(const std::string &text)
    {
        m_out += '\x81';
        if (text.size() < 126) {
            m_out += char(0x80 | text.size());
        } else {
            m_out += char(0xFE);
            m_out += char(text.size() >> 8);
            m_out += char(text.size() & 0xFF);
        }
        m_out.append(4, '\0');
        m_out += text;
    }

    void waitFor(std::string_view words)
    {
        char buffer[65536];
        std::string all;
        while (all.find(words) == std::string::npos) {
            const ssize_t count = ::read(m_socket, buffer, sizeof buffer);
            if (count <= 0)
                fail("the daemon does not let us in");
            all.append(buffer, static_cast<std::size_t>(count));
        }
    }

    std::string m_room, m_out, m_in;
    int m_socket = -1;
};

class Load
{
public:
    explicit Load(int port)
    {
        m_connections.reserve(Connections);
        for (int i = 0; i < Connections; ++i)
            m_connections.emplace_back(port, i);
    }

    void saturate(double seconds, std::size_t most)
    {
        const double start = now();
        std::size_t sent = 0;
        while (now() - start < seconds && m_seen < most) {
            // Half of what may be under way at a time, so that frames leave together.
            if (sent - m_seen <= std::size_t(Connections) * UnderWay / 2) {
                for (int i = 0; i < Connections * UnderWay / 2 && sent < most; ++i, ++sent)
                    m_connections[std::size_t(i % Connections)].post(sent);
            }
            turn(-1);
        }
        std::printf("%.0f\n", double(m_seen) / (now() - start));
    }

    void atRate(double perSecond, double seconds)
    {
        const auto total = std::size_t(perSecond * seconds);
        m_times.assign(total, -1);
        m_perSecond = perSecond;
        m_start = now();
        for (std::size_t sent = 0; m_seen < total;) {
            const auto due = std::min(total, std::size_t((now() - m_start) * perSecond) + 1);
            for (; sent < due; ++sent)
                m_connections[sent % Connections].post(sent);
            const double wait = m_start + double(sent) / perSecond - now();
            turn(sent < total ? std::max(0.0, wait) : 1.0);
            if (now() - m_start > seconds + 30)
                fail("answers are missing");
        }
        std::sort(m_times.begin(), m_times.end());
        std::printf("%.0f %.0f %zu\n", m_times[total / 2], m_times[total * 99 / 100], total);
    }

private:
    /// Waits for at most so long (negative: for ever), then reads and writes what can be.
    void turn(double wait)
    {
        std::vector<pollfd> waiting;
        for (Connection &connection : m_connections) {
            connection.flush();
            const short events = connection.wantsToWrite() ? POLLIN | POLLOUT : POLLIN;
            waiting.push_back({connection.descriptor(), events, 0});
        }
        const timespec pause{time_t(wait), long((wait - double(time_t(wait))) * 1e9)};
        ::ppoll(waiting.data(), waiting.size(), wait < 0 ? nullptr : &pause, nullptr);
        const double at = now();
        for (std::size_t i = 0; i < waiting.size(); ++i) {
            if (waiting[i].revents & (POLLIN | POLLHUP))
                m_connections[i].read([&](std::size_t number) {
                    ++m_seen;
                    if (number < m_times.size())
                        m_times[number] = (at - m_start - double(number) / m_perSecond) * 1e6;
                });
        }
    }

    std::vector<Connection> m_connections;
    std::vector<double> m_times;
    std::size_t m_seen = 0;
    double m_start = 0, m_perSecond = 1;
};

} // namespace

int main(int argc, char **argv)
{
    const std::string mode = argc > 2 ? argv[2] : "";
    if (argc < 4 || (mode == "rate" && argc != 5))
        return 2;
    Load load(std::atoi(argv[1]));
    if (mode == "saturate")
        load.saturate(std::atof(argv[3]), SIZE_MAX);
    else if (mode == "count")
        load.saturate(1e9, std::size_t(std::atoll(argv[3])));
    else if (mode == "rate")
        load.atRate(std::atof(argv[3]), std::atof(argv[4]));
    else
        return 2;
    return 0;
}
