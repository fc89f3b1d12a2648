import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AccessToken } from '../province/access-token.js';
import { bySecret } from '../province/client-proof.js';
import { ProvinceClient } from '../province/province.client.js';
import { LinkRate } from '../shape-uploads/link-rate.js';
import { systemClock } from '../shape-uploads/upload-lanes.js';
import { UploadSettings } from '../shape-uploads/upload-settings.js';
import { eventually } from '../testing/test-gateway.js';
import { UploadLink } from './upload-link.js';

describe('a link of which one upload failed while another one hangs', () => {
  let server: Server;
  let link: UploadLink;
  let release: () => void = () => undefined;

  beforeEach(async () => {
    server = createServer((request, response) => {
      const isToken = request.method === 'POST';
      response.writeHead(isToken ? 200 : 404).end(isToken ? '{"access_token":"a-token","expires_in":600}' : '');
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const token = new AccessToken({ tokenUrl: `${url}/token`, prove: bySecret('g', 'x'), scope: 's' });
    const rate = new LinkRate(UploadSettings.parse({}), {});
    link = new UploadLink('line', new ProvinceClient(url, token), rate, systemClock);
  });
  afterEach(async () => {
    release();
    await link.province.close();
    server.closeAllConnections();
    server.close();
  });

  const hanging = () =>
    link.occupy('routine', () => {
      const before = release;
      return new Promise((ended) => {
        release = () => {
          before();
          ended();
        };
      });
    });

  it('is asked and tried all the same, by one upload at a time until one succeeds', async () => {
    void hanging();
    link.failed('500');
    expect(link.canTake('routine')).toBe(false);
    await eventually('it was asked', async () => {
      await link.probe();
      return link.canTake('routine');
    });
    void hanging();
    expect([link.state.uploading, link.canTake('routine'), link.canTake('urgent')]).toEqual([2, false, false]);
    link.succeeded();
    expect([link.canTake('routine'), link.canTake('urgent')]).toEqual([true, true]);
  });
});
