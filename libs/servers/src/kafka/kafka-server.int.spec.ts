import { describe, expect, it } from '@jest/globals';
import { kafkaAvailable } from '@yinglian/servers';
import { TestKafka } from '@yinglian/testing';
import { kafkaJars } from './kafka-jars.js';
import { askApiVersions } from './kafka-probe.js';

const available = await kafkaAvailable();
// A machine without Java may leave this out; where everything is checked it may not.
const whereJavaIs = available || process.env.CI === 'true' ? describe : describe.skip;

whereJavaIs('the Kafka broker', () => {
  it('starts, is killed, starts again with its data, and stops', async () => {
    const kafka = await TestKafka.start();
    const port = Number(kafka.brokers.split(':')[1]);
    await askApiVersions(port);
    await kafka.kill();
    await expect(askApiVersions(port)).rejects.toThrow();
    await kafka.restart();
    await askApiVersions(port);
    await kafka.stop();
    await expect(askApiVersions(port)).rejects.toThrow();
  });
});

describe('without Java', () => {
  it('says what is missing', async () => {
    const path = process.env.PATH;
    process.env.PATH = '/nowhere';
    try {
      expect(await kafkaAvailable()).toBe(false);
      await expect(kafkaJars()).rejects.toThrow('Kafka needs Java 17 or newer: `java` is not on the PATH');
    } finally {
      process.env.PATH = path;
    }
  });
});
