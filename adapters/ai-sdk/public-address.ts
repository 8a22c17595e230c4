import { BlockList } from "node:net";

// https://www.iana.org/assignments/iana-ipv4-special-registry and …/ipv4-address-space (multicast, reserved).
const NOT_PUBLIC_4 = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const;

// https://www.iana.org/assignments/iana-ipv6-special-registry: what is special within 2000::/3.
const NOT_PUBLIC_6 = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const;

/** Where IPv4 is reached from a network without it (RFC 6052, §2.1): the last 32 bits are the address. */
const NAT64 = "64:ff9b::";

const notPublic = new BlockList();
for (const [net, bits] of NOT_PUBLIC_4) {
  notPublic.addSubnet(net, bits, "ipv4");
  notPublic.addSubnet(`${NAT64}${net}`, 96 + bits, "ipv6");
}
for (const [net, bits] of NOT_PUBLIC_6) notPublic.addSubnet(net, bits, "ipv6");

/** All of IPv6 that is public lies in these: not loopback, link-local, unique-local, multicast, nor IPv4 in disguise. */
const public6 = new BlockList();
public6.addSubnet("2000::", 3, "ipv6");
public6.addSubnet(NAT64, 96, "ipv6");

/** Whether an address is on the public Internet: what a name of a provider's may stand for. */
export function isPublicAddress({ address, family }: { address: string; family: number }): boolean {
  if (family === 4) return !notPublic.check(address, "ipv4");
  return public6.check(address, "ipv6") && !notPublic.check(address, "ipv6");
}
