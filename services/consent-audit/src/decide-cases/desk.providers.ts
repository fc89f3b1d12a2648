import type { Provider, Type } from '@nestjs/common';
import { CountAccessesWorker } from '../count-accesses/count-accesses.worker.js';
import { ExportCaseController } from '../export-case/export-case.controller.js';
import { FindUnusualHandler } from '../find-unusual/find-unusual.handler.js';
import { FindUnusualWorker } from '../find-unusual/find-unusual.worker.js';
import { KeepVipsHandler } from '../keep-vips/keep-vips.handler.js';
import { VipsController } from '../keep-vips/vips.controller.js';
import { ComplainHandler } from '../open-cases/complain.handler.js';
import { OpenCaseHandler } from '../open-cases/open-case.handler.js';
import { OpenCasesController } from '../open-cases/open-cases.controller.js';
import { FindingsController } from '../settle-findings/findings.controller.js';
import { SettleFindingHandler } from '../settle-findings/settle-finding.handler.js';
import { StatisticsController } from '../show-statistics/statistics.controller.js';
import { CaseAccess } from './case-access.js';
import { CasesController } from './cases.controller.js';
import { DecideCaseHandler } from './decide-case.handler.js';

/** The auditor's desk: findings and cases. */
export const deskControllers: Type[] = [
  OpenCasesController,
  CasesController,
  ExportCaseController,
  FindingsController,
  VipsController,
  StatisticsController,
];

export const deskProviders: Provider[] = [
  CaseAccess,
  OpenCaseHandler,
  ComplainHandler,
  DecideCaseHandler,
  FindUnusualHandler,
  FindUnusualWorker,
  SettleFindingHandler,
  KeepVipsHandler,
  CountAccessesWorker,
];
