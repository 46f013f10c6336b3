// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
import de.bwaldvogel.mongo.backend.h2.H2Backend;

/** MongoDB's wire protocol on a file: `MongoServer FILE PORT`; port 0 picks a free one. */
class MongoServer {
    public static void main(String[] arguments) throws Exception {
        var server = new de.bwaldvogel.mongo.MongoServer(new H2Backend(arguments[0]));
        server.bind("127.0.0.1", Integer.parseInt(arguments[1]));
        // Without this the last writes before an end would not be on disk.
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdownNow));
        System.out.println("ready " + server.getLocalAddress().getPort());
        Thread.currentThread().join();
    }
}
