import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '../../support/free-ports.ts';
import { mavenLibraries } from '../../support/maven-libraries.ts';
import { type BrokerPorts, brokerProperties, saslUser } from './broker-properties.ts';
import { makeCertificates } from './certificates.ts';
import { isReady } from './is-ready.ts';
import { type JavaProcess, type JavaResult, runJava, startJava } from './java-process.ts';
import { eventually } from './reading.ts';

export interface KafkaOptions {
  readonly brokers?: 1 | 3;
  /** Adds a listener with SASL for `saslUser`. */
  readonly sasl?: boolean;
  /** Adds a listener with TLS. */
  readonly tls?: boolean;
}

/** A running Apache Kafka. Brokers are numbered from 1. */
export interface Kafka {
  /** The brokers without security, separated by commas. */
  readonly bootstrap: string;
  readonly saslBootstrap: string;
  readonly tlsBootstrap: string;
  /** The certificate to trust on the TLS listener, as PEM. */
  readonly ca: string;
  /** Kills a broker. */
  kill(broker?: number): Promise<void>;
  /** Starts a broker that was killed, or stops one in good order and starts it again. */
  restart(broker?: number): Promise<void>;
  /** Runs one of Kafka's own tools, which must end with 0, and returns what it printed. */
  runTool(mainClass: string, args: readonly string[], stdin?: string): Promise<string>;
  /** Ends every broker and removes its data. */
  stop(): Promise<void>;
}

const clusterId = 'bGFuZXdpc2UtdGVzdC0wMQ';

export async function startKafka(options: KafkaOptions = {}): Promise<Kafka> {
  const libraries = await mavenLibraries('kafka', join(import.meta.dirname, 'pom.xml'));
  const directory = await mkdtemp(join(tmpdir(), 'lanewise-kafka-'));
  const certificates = options.tls === true ? await makeCertificates(directory) : undefined;
  const brokers = await choosePorts(options.brokers ?? 1);
  const nodes = await Promise.all(
    brokers.map(async (_, at) => {
      const id = at + 1;
      const home = join(directory, String(id));
      await mkdir(home);
      const settings = {
        id,
        brokers,
        directory: join(home, 'data'),
        sasl: options.sasl === true,
        certificates,
      };
      await writeFile(join(home, 'server.properties'), brokerProperties(settings));
      return broker({ libraries, home, id, port: brokers[at]?.plain ?? 0 });
    }),
  );
  const node = (id: number) => nodes[id - 1] ?? missingBroker(id);
  await Promise.all(nodes.map((one) => one.format()));
  await Promise.all(nodes.map((one) => one.start()));
  return {
    bootstrap: brokers.map(({ plain }) => `127.0.0.1:${plain}`).join(','),
    saslBootstrap: brokers.map(({ sasl }) => `127.0.0.1:${sasl}`).join(','),
    tlsBootstrap: brokers.map(({ tls }) => `localhost:${tls}`).join(','),
    ca: certificates?.ca ?? '',
    kill: (id = 1) => node(id).kill(),
    restart: (id = 1) => node(id).restart(),
    runTool: async (mainClass, args, stdin) => output(await runJava({ libraries, mainClass, args }, stdin)),
    stop: async () => {
      await Promise.all(nodes.map((one) => one.kill()));
      await rm(directory, { recursive: true, force: true });
    },
  };
}

interface Broker {
  format(): Promise<void>;
  start(): Promise<void>;
  kill(): Promise<void>;
  restart(): Promise<void>;
}

interface Place {
  readonly libraries: string;
  readonly home: string;
  readonly id: number;
  readonly port: number;
}

function broker({ libraries, home, id, port }: Place): Broker {
  const properties = join(home, 'server.properties');
  const log = join(home, 'broker.log');
  let running: JavaProcess | undefined;
  const start = async () => {
    const options = ['-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
    running = await startJava({ libraries, mainClass: 'kafka.Kafka', args: [properties], options }, log);
    await untilReady({ id, port, log }, running);
  };
  return {
    format: async () => {
      const scram = ['SCRAM-SHA-256', 'SCRAM-SHA-512'].flatMap((mechanism) => [
        '--add-scram',
        `${mechanism}=[name=${saslUser.username},password=${saslUser.password}]`,
      ]);
      const args = ['format', '-t', clusterId, '-c', properties, ...scram];
      output(await runJava({ libraries, mainClass: 'kafka.tools.StorageTool', args }));
    },
    start,
    kill: async () => running?.kill(),
    restart: async () => {
      await running?.stop();
      await start();
    },
  };
}

async function untilReady(
  { id, port, log }: { readonly id: number; readonly port: number; readonly log: string },
  process: JavaProcess,
): Promise<void> {
  await eventually(async () => !process.isRunning() || (await isReady(id, port)));
  if (process.isRunning()) return;
  throw new Error(`Kafka did not come up on port ${port}:\n${(await readFile(log, 'utf8')).slice(-4_000)}`);
}

async function choosePorts(brokers: number): Promise<readonly BrokerPorts[]> {
  const ports = await freePorts(brokers * 4);
  return Array.from({ length: brokers }, (_, at) => {
    const [plain = 0, controller = 0, sasl = 0, tls = 0] = ports.slice(at * 4);
    return { plain, controller, sasl, tls };
  });
}

function output(result: JavaResult): string {
  if (result.code !== 0) {
    throw new Error(`the tool ended with ${result.code}:\n${result.stdout}\n${result.stderr}`);
  }
  return result.stdout;
}

function missingBroker(id: number): never {
  throw new Error(`there is no broker ${id}`);
}
