import { BlockList, isIPv6 } from 'node:net';
import type { FastifyRequest } from 'fastify';
import type { GatewayConfig } from '../gateway.config.js';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/** Where the page has a certificate, only this machine and a proxy on it may ask without TLS: passwords go no further in clear. */
export const needsTls = (
  { PAGE_TLS_PORT }: Pick<GatewayConfig, 'PAGE_TLS_PORT'>,
  { protocol, ip }: Pick<FastifyRequest, 'protocol' | 'ip'>,
): boolean => PAGE_TLS_PORT !== undefined && protocol !== 'https' && !LOOPBACK.check(ip, isIPv6(ip) ? 'ipv6' : 'ipv4');
