import { Command } from 'commander';
import { Obstacle } from './obstacle.js';
import { readSettings } from './settings.js';
import type { VerifyOptions } from './verify-audit/verify-audit.js';

// Whoever reads the output, a terminal or `head`, may be gone before we are.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

const program = new Command('yinglian')
  .description('Yinglian 影联: one imaging cloud for all public hospitals of a province, on this machine')
  .showHelpAfterError('(yinglian --help shows all commands)');

program
  .command('start')
  .description('start everything and stay until Ctrl-C')
  .action(async () => (await import('./start/start.js')).start(readSettings()));
program
  .command('stop')
  .description('stop what runs on this home')
  .action(async () => (await import('./stop/stop.js')).stop(readSettings()));
program
  .command('status')
  .description('show processes and hospitals, and what is on its way')
  .action(async () => (await import('./status/status.js')).showStatus(readSettings()));
program
  .command('token')
  .argument('<user>', 'user name, for instance dr.lin')
  .description('print an access token of that user, whose password is asked for unless it is one of the sample')
  .action(async (user: string) => (await import('./token/token.js')).printToken(readSettings(), user));
program
  .command('send')
  .argument('<hospital>', "the hospital's code, for instance H001")
  .argument('<dir>', 'folder with DICOM files, searched with all its subfolders')
  .description("send DICOM files to a hospital's gateway by C-STORE")
  .action(async (hospital: string, folder: string) =>
    (await import('./send/send.js')).send(readSettings(), hospital, folder),
  );

program
  .command('load-patients')
  .argument('[files...]', "hospitals' master files, for instance H001=patients.ndjson")
  .option('--without-asking', 'do not look for who is likely the same yet')
  .description('fill the patient index that runs on this home from master files')
  .action(async (files: string[], options: { withoutAsking?: boolean }) =>
    (await import('./load-patients/load-patients.js')).loadPatients(readSettings(), [
      ...(options.withoutAsking === true ? ['--without-asking'] : []),
      ...files,
    ]),
  );
program
  .command('rebuild-index')
  .option('--check', 'build a second database, compare it with the one in use, and remove it')
  .description("fill the study registry's empty database from the packs in its object store")
  .action(async (options: { check?: boolean }) =>
    (await import('./rebuild-index/rebuild-index.js')).rebuildIndex(readSettings(), { check: options.check === true }),
  );
program
  .command('show-storage')
  .option('--json', 'print JSON instead of a table')
  .description('show what is stored of each hospital, modality and tier, and what recompression saves')
  .action(async (options: { json?: boolean }) =>
    (await import('./show-storage/show-storage.js')).showStorage(
      readSettings(),
      options.json === true ? ['--json'] : [],
    ),
  );
program
  .command('verify-audit')
  .argument('<export>', 'a file of the audit log, as an auditor exported it; .gz is read too')
  .option('--keys <file>', "the province's verifier keys, one a line, as you know them")
  .option('--witness <files...>', 'checkpoints that hospitals kept')
  .option(
    '--witness-hashes <files...>',
    'hashes of records that hospitals kept: names a record that was exchanged with its hash',
  )
  .option('--witness-keys <file>', 'keys of hospitals’ gateways, one a line: who signed the checkpoints of the export')
  .option('--json', 'print JSON')
  .description('verify an export of the audit log offline, and name what is not as it was sealed')
  .action(async (file: string, options: VerifyOptions) =>
    (await import('./verify-audit/verify-audit.js')).verifyAudit(file, options),
  );
program
  .command('rotate-audit-keys')
  .argument('[file]', 'the file of AUDIT_LOG_KEY_FILE; that of this home unless told')
  .option('--forget <checkpoint>', 'with a checkpoint that the new keys signed: remove those of before')
  .description(
    'add new keys for the audit log to the file; the service signs with both once, and with the new ones then',
  )
  .action(async (file: string | undefined, options: { forget?: string }) =>
    (await import('./rotate-audit-keys/rotate-audit-keys.js')).rotateAuditKeys(readSettings(), file, options.forget),
  );
program
  .command('gateway-password')
  .option('--stdin', 'hash the password on standard input instead of making one')
  .description("print a password and its hash for the page of a gateway: the hash goes into the hospital's file")
  .action(async (options: { stdin?: boolean }) =>
    (await import('./gateway-password/gateway-password.js')).printGatewayPassword({ stdin: options.stdin === true }),
  );

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof Obstacle)) throw error;
  console.error(`\n${error.message}`);
  process.exitCode = 1;
}
// The channel to bootstrap would keep a finished command waiting.
if (process.connected) process.disconnect();
