export interface Started {
  readonly stop: () => Promise<void>;
}

/** Servers that depend on those before them. */
export interface StartedServers extends Started {
  /** Takes note of one that has just started. */
  readonly add: <Server extends Started>(server: Server) => Server;
}

/** What `start` starts is stopped in the opposite order: by `stop`, or at once when one of them does not start. */
export async function withStarted<Result>(start: (servers: StartedServers) => Promise<Result>): Promise<Result> {
  const started: Started[] = [];
  const servers: StartedServers = {
    add: (server) => {
      started.push(server);
      return server;
    },
    stop: async () => {
      for (let server = started.pop(); server; server = started.pop()) await server.stop();
    },
  };
  try {
    return await start(servers);
  } catch (error) {
    await servers.stop();
    throw error;
  }
}
