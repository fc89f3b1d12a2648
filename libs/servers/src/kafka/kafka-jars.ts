import { type JavaProgram, jarsAvailable, jarsFolderOf, mavenJars } from '../java/maven-jars.js';

const VERSION = '4.3.1';
const KAFKA: JavaProgram = { name: 'Kafka', version: VERSION, artifacts: [`org.apache.kafka:kafka_2.13:${VERSION}`] };

/** Whether this machine can run a broker: Java, and Maven unless the broker has been fetched before. */
export const kafkaAvailable = (cacheFolder = jarsFolderOf(KAFKA)): Promise<boolean> => jarsAvailable(cacheFolder);

/** The folder with the broker's jars; Maven fetches them the first time. Throws when Java or Maven is missing. */
export const kafkaJars = (cacheFolder = jarsFolderOf(KAFKA)): Promise<string> => mavenJars(KAFKA, cacheFolder);
