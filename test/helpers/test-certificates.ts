import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A key and its certificate, PEM. */
export type KeyPair = { key: string; cert: string };
export type TestCertificates = {
  ca: string;
  /** For pub.test, other.test, six.test, 127.0.0.1 and ::1. */
  good: KeyPair;
  expired: KeyPair;
  /** For somebody-else.test. */
  wrongName: KeyPair;
  /** Signed by nobody but itself. */
  selfSigned: KeyPair;
  /** RSA with 1,024 bits. */
  weak: KeyPair;
};

const GOOD_NAMES = 'DNS:pub.test,DNS:other.test,DNS:six.test,IP:127.0.0.1,IP:::1';

/** Certificates of our own authority, made now with openssl in a temporary folder. */
export const makeTestCertificates = (): TestCertificates => {
  const dir = mkdtempSync(join(tmpdir(), 'tidings-tls-'));
  const openssl = (...args: string[]): void => void execFileSync('openssl', args, { cwd: dir, stdio: 'pipe' });
  const read = (name: string): string => readFileSync(join(dir, name), 'utf8');
  const newKey = (name: string, kind: 'ec' | 'weak'): void =>
    kind === 'ec'
      ? openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', `${name}.key`)
      : openssl('genrsa', '-out', `${name}.key`, '1024');
  const leaf = (name: string, names: string, kind: 'ec' | 'weak' = 'ec', dates = ['-days', '2']): KeyPair => {
    newKey(name, kind);
    writeFileSync(join(dir, `${name}.ext`), `subjectAltName=${names}\n`);
    openssl('req', '-new', '-key', `${name}.key`, '-subj', `/CN=${name}`, '-out', `${name}.csr`);
    openssl(
      'x509',
      '-req',
      '-in',
      `${name}.csr`,
      '-CA',
      'ca.crt',
      '-CAkey',
      'ca.key',
      '-set_serial',
      String(name.length + 1),
      ...dates,
      '-extfile',
      `${name}.ext`,
      '-out',
      `${name}.crt`,
    );
    return { key: read(`${name}.key`), cert: read(`${name}.crt`) };
  };
  try {
    newKey('ca', 'ec');
    openssl('req', '-x509', '-key', 'ca.key', '-subj', '/CN=Tidings test authority', '-days', '2', '-out', 'ca.crt');
    newKey('self', 'ec');
    openssl(
      'req',
      '-x509',
      '-key',
      'self.key',
      '-subj',
      '/CN=pub.test',
      '-addext',
      `subjectAltName=${GOOD_NAMES}`,
      '-days',
      '2',
      '-out',
      'self.crt',
    );
    return {
      ca: read('ca.crt'),
      good: leaf('good', GOOD_NAMES),
      // A last day before the first one: it has never been valid and ended before now.
      expired: leaf('expired', GOOD_NAMES, 'ec', ['-days', '-1']),
      wrongName: leaf('wrong', 'DNS:somebody-else.test'),
      selfSigned: { key: read('self.key'), cert: read('self.crt') },
      weak: leaf('weak', GOOD_NAMES, 'weak'),
    };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
};
