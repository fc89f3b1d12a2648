export { freePort, freePorts } from './free-port.js';
export { type JavaProgram, jarsFolderOf, mavenJars } from './java/maven-jars.js';
export { kafkaAvailable } from './kafka/kafka-jars.js';
export { type KafkaOptions, kafkaServer } from './kafka/kafka-server.js';
export { type PostgresOptions, postgresServer, postgresUrl, prepareCluster } from './postgres/postgres-server.js';
export { RunningServer } from './running-server.js';
export type { ServerCommand } from './server-process.js';
