/**
 * Settings of a connection that holds locks for its process. When the other machine vanishes without a word the server
 * ends the session, and with it the locks, within half a minute instead of two hours.
 */
export const sessionOfOne = {
  keepAlive: true,
  options: [
    '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3',
    // It writes down only how far it has come. What a crash takes back is sent or handled again, and known by its event id.
    '-c synchronous_commit=off',
  ].join(' '),
};
