import { describe } from '@jest/globals';
import { kafkaAvailable } from '@yinglian/servers';
import { TestKafka } from '@yinglian/testing';
import { eventLogContract } from '../event-log/event-log.contract.js';
import { KafkaLog } from './kafka-log.js';

// Left out, and reported so, on a machine without Java and Maven; where everything is checked it fails instead.
if ((await kafkaAvailable()) || process.env.CI === 'true') {
  eventLogContract('Kafka', async () => {
    const kafka = await TestKafka.start();
    return {
      open: (name) => new KafkaLog({ brokers: [kafka.brokers], clientId: name }),
      environment: () => ({ EVENTS: 'kafka', KAFKA_BROKERS: kafka.brokers }),
      kill: () => kafka.kill(),
      restart: () => kafka.restart(),
      stop: () => kafka.stop(),
    };
  });
} else {
  describe.skip('the Kafka log (needs Java 17 and Maven)', () => {});
}
