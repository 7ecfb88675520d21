import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Certificates {
  readonly keyStore: string;
  readonly password: string;
  /** The certificate to trust, as PEM. */
  readonly ca: string;
}

/** A self-signed certificate for `localhost`, made by Java's keytool. */
export async function makeCertificates(directory: string): Promise<Certificates> {
  const keyStore = join(directory, 'broker.p12');
  const certificate = join(directory, 'broker.pem');
  const password = 'changeit';
  const store = ['-keystore', keyStore, '-storepass', password, '-alias', 'broker'];
  const name = ['-dname', 'CN=localhost', '-ext', 'SAN=dns:localhost,ip:127.0.0.1'];
  await run('keytool', ['-genkeypair', ...store, '-storetype', 'PKCS12', '-keyalg', 'RSA', ...name]);
  await run('keytool', ['-exportcert', ...store, '-rfc', '-file', certificate]);
  return { keyStore, password, ca: await readFile(certificate, 'utf8') };
}
