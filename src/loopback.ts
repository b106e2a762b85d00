/** This machine by name, or by IPv4 or IPv6 address, as URLs and Host headers write it. */
const HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i;
/** This machine by address, as sockets tell it. */
const ADDRESS = /^(127(\.\d{1,3}){3}|::1|::ffff:127(\.\d{1,3}){3})$/;

/** Whether a host can be reached from this machine only: as in a URL, without port, IPv6 in brackets. */
export function isLoopbackHost(host: string): boolean {
  return HOST.test(host);
}

/** Whether an IP address is this machine's own: IPv6 without brackets, IPv4 in IPv6 too. */
export function isLoopbackAddress(address: string): boolean {
  return ADDRESS.test(address);
}
