import type { HospitalEndpoint } from '../endpoints/endpoints.js';
import { internalPorts, requireFree } from '../home/ports.js';
import { nodePlan, type ProcessPlan } from '../supervise/process-plan.js';
import { publicAddresses, urlOf } from './addresses.js';
import type { DirectoryClient, GatewayToRun } from './directory-client.js';
import type { EventLog } from './event-log.js';
import type { Foundation } from './foundation.js';
import { type GatewayKey, gatewayKey } from './gateway-key.js';
import { gatewayName } from './gateway-name.js';
import { hospitalFile, PAGE_USERNAME, pagePassword } from './hospital-file.js';
import { scriptOf } from './places.js';
import { portOf } from './services.js';
import { commonEnvironment } from './start-services.js';

/** Gives gateways their places on this machine, their credentials and their rights. */
export class Gateways {
  constructor(
    private readonly foundation: Foundation,
    private readonly directory: DirectoryClient,
    private readonly eventLog: EventLog,
  ) {}

  /** Where a hospital's gateway is reached. Its place among the hospitals gives its DIMSE and HL7 ports. */
  async endpointOf({ hospital, name, aeTitle }: GatewayToRun): Promise<HospitalEndpoint> {
    const { home, settings } = this.foundation;
    const place = home.placeOf(hospital);
    const dicomPort = settings.YINGLIAN_DICOM_PORT + place;
    await requireFree(dicomPort, `DICOM at ${hospital}`, 'YINGLIAN_DICOM_PORT');
    const part = gatewayName(hospital);
    const ports = await internalPorts([part], home.internalPorts);
    home.rememberPorts(ports);
    const gateway = urlOf(portOf(ports, part));
    const hl7Port = settings.YINGLIAN_HL7_PORT + place;
    await requireFree(hl7Port, `HL7 at ${hospital}`, 'YINGLIAN_HL7_PORT');
    const page = { url: gateway, username: PAGE_USERNAME, password: pagePassword(this.foundation, hospital) };
    return { code: hospital, name, aeTitle, dicomPort, hl7Port, gateway, stow: `${gateway}/dicom-web`, page };
  }

  /** How a hospital's gateway is started. */
  async planOf(endpoint: HospitalEndpoint): Promise<ProcessPlan> {
    const name = gatewayName(endpoint.code);
    const { settings } = this.foundation;
    const province = settings.YINGLIAN_PROVINCE_URL ?? publicAddresses(settings).edge;
    const key = gatewayKey(this.foundation.home, endpoint.code);
    const clientId = await this.clientOf(endpoint.code, key);
    await this.eventLog.admitGateway(endpoint.code);
    return nodePlan({
      name,
      script: scriptOf('gateway'),
      // Images pass by the heap; what is on it is small, and old at once or soon gone.
      options: ['--max-semi-space-size=8', '--heap-growing-percent=50'],
      environment: {
        ...commonEnvironment(this.foundation),
        ...this.eventLog.environment(name),
        PORT: new URL(endpoint.gateway).port,
        HOSPITAL: endpoint.code,
        HOSPITAL_FILE: await hospitalFile(this.foundation, endpoint.code),
        DICOM_PORT: String(endpoint.dicomPort),
        HL7_PORT: String(endpoint.hl7Port),
        AE_TITLE: endpoint.aeTitle,
        SPOOL_FOLDER: this.foundation.home.folder('gateways', endpoint.code),
        PROVINCE_URL: province,
        OIDC_TOKEN_URL: `${province}/oidc/token`,
        OIDC_CLIENT_ID: clientId,
        OIDC_CLIENT_KEY_FILE: key.path,
      },
    });
  }

  /** The client of the hospital's gateway, enrolled with its key once. */
  private async clientOf(hospital: string, key: GatewayKey): Promise<string> {
    const { secrets } = this.foundation;
    const enrolled = `gateway/${hospital}/client of ${key.open.kid}`;
    return secrets.known(enrolled) ?? secrets.keep(enrolled, await this.directory.enrolGateway(hospital, key.open));
  }
}
