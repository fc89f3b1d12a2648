import type { Admin } from 'kafkajs';

/** Enough for the members of one service's group; more are added with Kafka's own tools. */
const PARTITIONS = 4;

/** Creates the topics that do not exist, with as many replicas as the cluster makes by itself. */
export async function ensureTopics(admin: Admin, topics: readonly string[]): Promise<void> {
  const missing = await absent(admin, topics);
  if (missing.length === 0) return;
  try {
    await admin.createTopics({
      waitForLeaders: true,
      topics: missing.map((topic) => ({ topic, numPartitions: PARTITIONS })),
    });
  } catch (error) {
    // Unless another process was faster.
    if ((await absent(admin, topics)).length > 0) throw error;
  }
}

async function absent(admin: Admin, topics: readonly string[]): Promise<string[]> {
  const known = new Set(await admin.listTopics());
  return topics.filter((topic) => !known.has(topic));
}
