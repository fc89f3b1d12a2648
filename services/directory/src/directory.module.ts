import { type DynamicModule, Module } from '@nestjs/common';
import { connectEvents, MessagingModule, messagingMigrations } from '@yinglian/messaging';
import { Database, type Migrations, PersistenceModule } from '@yinglian/persistence';
import { PlatformModule, type ServiceDefinition } from '@yinglian/platform';
import { Provider } from 'oidc-provider';
import { ChangePasswordController } from './change-password/change-password.controller.js';
import { ChangePasswordHandler } from './change-password/change-password.handler.js';
import { ChoosePasswordController } from './choose-password/choose-password.controller.js';
import { ChoosePasswordHandler } from './choose-password/choose-password.handler.js';
import { GatewayConfigurationController } from './configure-gateways/gateway-configuration.controller.js';
import { GatewaysController } from './configure-gateways/gateways.controller.js';
import { type DirectoryConfig, sessionLimits } from './directory.config.js';
import { relyingPartyAt } from './domain/relying-party.js';
import { MySessionsController } from './keep-sessions/my-sessions.controller.js';
import { SessionEnder } from './keep-sessions/session-ender.js';
import { SESSION_LIMITS, SweepSessions } from './keep-sessions/sweep-sessions.js';
import { ClientsController } from './manage-clients/clients.controller.js';
import { ManageClientsHandler } from './manage-clients/manage-clients.handler.js';
import { DepartmentsController } from './manage-departments/departments.controller.js';
import { ManageDepartmentsHandler } from './manage-departments/manage-departments.handler.js';
import { AddHospitalHandler } from './manage-hospitals/add-hospital.handler.js';
import { ChangeHospitalHandler } from './manage-hospitals/change-hospital.handler.js';
import { HospitalsController } from './manage-hospitals/hospitals.controller.js';
import { AccountSecurityController } from './manage-staff/account-security.controller.js';
import { AddStaffHandler } from './manage-staff/add-staff.handler.js';
import { ChangeStaffHandler } from './manage-staff/change-staff.handler.js';
import { ResetPasswordHandler } from './manage-staff/reset-password.handler.js';
import { SecureAccountHandler } from './manage-staff/secure-account.handler.js';
import { StaffController } from './manage-staff/staff.controller.js';
import { AddWorkstationHandler } from './manage-workstations/add-workstation.handler.js';
import { ChangeWorkstationHandler } from './manage-workstations/change-workstation.handler.js';
import { RemoveWorkstationHandler } from './manage-workstations/remove-workstation.handler.js';
import { WorkstationsController } from './manage-workstations/workstations.controller.js';
import { PatientAccountsController } from './open-patient-accounts/patient-accounts.controller.js';
import { DecideOnRolesHandler } from './propose-roles/decide-on-roles.handler.js';
import { ProposeRolesHandler } from './propose-roles/propose-roles.handler.js';
import { RoleProposalsController } from './propose-roles/role-proposals.controller.js';
import { CheckCodeHandler } from './prove-second-factor/check-code.handler.js';
import { EnrolAppHandler } from './prove-second-factor/enrol-app.handler.js';
import { EnrolFirstFactor } from './prove-second-factor/enrol-first-factor.js';
import { FactorKey, factorKey } from './prove-second-factor/factor-key.js';
import { SecondFactorController } from './prove-second-factor/second-factor.controller.js';
import { StepPages } from './prove-second-factor/step-pages.js';
import { TryFactor } from './prove-second-factor/try-factor.js';
import { mountProvider } from './provide-identity/mount-provider.js';
import { createProvider } from './provide-identity/provider.js';
import { SweepRecords } from './provide-identity/sweep-records.js';
import { SignInRecorder } from './record-sign-ins/sign-in-recorder.js';
import { SEED_FILE, SeedDirectoryHandler } from './seed-directory/seed-directory.handler.js';
import { UploadDeadlinesController } from './set-deadlines/upload-deadlines.controller.js';
import { CheckPasswordHandler } from './sign-in/check-password.handler.js';
import { SignInOpener } from './sign-in/open-sign-in.js';
import { SignInController } from './sign-in/sign-in.controller.js';
import { SIGN_IN_SETTINGS } from './sign-in/sign-in.settings.js';
import { SignInFlow } from './sign-in/sign-in-flow.js';
import { SignInLimits } from './sign-in/sign-in-limits.js';
import { StepOpener } from './sign-in/step-opener.js';
import { HospitalIssuersController } from './sign-in-at-hospital/hospital-issuers.controller.js';
import { HospitalProvider } from './sign-in-at-hospital/hospital-provider.js';
import { HospitalSignInController } from './sign-in-at-hospital/hospital-sign-in.controller.js';
import { HospitalSignInHandler } from './sign-in-at-hospital/hospital-sign-in.handler.js';
import { AddPasskeyHandler } from './use-passkeys/add-passkey.handler.js';
import { CheckPasskeyHandler } from './use-passkeys/check-passkey.handler.js';
import { MyPasskeysController } from './use-passkeys/my-passkeys.controller.js';
import { PasskeyController } from './use-passkeys/passkey.controller.js';
import { PasskeyChallenges } from './use-passkeys/passkey-challenges.js';
import { RemovePasskeyHandler } from './use-passkeys/remove-passkey.handler.js';
import { WhoAmIController } from './who-am-i/who-am-i.controller.js';

const service = 'directory';

export const directoryMigrations: Migrations = {
  folder: new URL('../migrations/', import.meta.url),
  table: 'directory_migrations',
};

@Module({})
export class DirectoryModule {
  static with(config: DirectoryConfig): DynamicModule {
    const migrations = [directoryMigrations, messagingMigrations];
    return {
      module: DirectoryModule,
      imports: [
        PlatformModule.forService(service, config),
        PersistenceModule.forService({ service, config, migrations }),
        MessagingModule.forService({ service, config }),
      ],
      controllers: [
        HospitalsController,
        DepartmentsController,
        WorkstationsController,
        StaffController,
        PatientAccountsController,
        AccountSecurityController,
        RoleProposalsController,
        ClientsController,
        GatewayConfigurationController,
        GatewaysController,
        UploadDeadlinesController,
        WhoAmIController,
        MySessionsController,
        SignInController,
        SecondFactorController,
        ChangePasswordController,
        ChoosePasswordController,
        PasskeyController,
        MyPasskeysController,
        HospitalIssuersController,
        HospitalSignInController,
      ],
      providers: [
        AddHospitalHandler,
        ChangeHospitalHandler,
        ManageDepartmentsHandler,
        AddWorkstationHandler,
        ChangeWorkstationHandler,
        RemoveWorkstationHandler,
        AddStaffHandler,
        ChangeStaffHandler,
        ResetPasswordHandler,
        ProposeRolesHandler,
        DecideOnRolesHandler,
        ManageClientsHandler,
        SecureAccountHandler,
        SignInOpener,
        StepOpener,
        SignInFlow,
        SignInLimits,
        SignInRecorder,
        CheckPasswordHandler,
        ChangePasswordHandler,
        ChoosePasswordHandler,
        HospitalProvider,
        HospitalSignInHandler,
        CheckCodeHandler,
        EnrolAppHandler,
        EnrolFirstFactor,
        TryFactor,
        PasskeyChallenges,
        CheckPasskeyHandler,
        AddPasskeyHandler,
        RemovePasskeyHandler,
        StepPages,
        SessionEnder,
        SweepSessions,
        SeedDirectoryHandler,
        SweepRecords,
        { provide: SEED_FILE, useValue: config.SEED_FILE },
        {
          provide: SIGN_IN_SETTINGS,
          useValue: {
            publicUrl: config.PUBLIC_URL,
            secondFactor: config.SECOND_FACTOR,
            relyingParty: relyingPartyAt(config.PUBLIC_URL),
          },
        },
        { provide: SESSION_LIMITS, useValue: sessionLimits(config) },
        {
          provide: FactorKey,
          useFactory: (database: Database) => factorKey(database, config.SECOND_FACTOR_KEY),
          inject: [Database],
        },
        {
          provide: Provider,
          useFactory: (database: Database) => createProvider(database, config),
          inject: [Database],
        },
      ],
    };
  }
}

/** The service as it is started, by main.ts and by tests. */
export const directoryService = (config: DirectoryConfig): ServiceDefinition => ({
  name: service,
  config,
  module: DirectoryModule.with(config),
  prepare: async (app) => {
    await connectEvents(app);
    await mountProvider(app);
  },
});
