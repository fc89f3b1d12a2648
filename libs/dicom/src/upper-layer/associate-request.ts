import { ABORT, UpperLayerError } from './pdu.js';

/** What a requestor proposes in A-ASSOCIATE-RQ (PS3.8 section 9.3.2). */
export interface AssociateRequest {
  readonly protocolVersion: number;
  readonly calledAeTitle: string;
  readonly callingAeTitle: string;
  readonly applicationContext: string;
  readonly presentationContexts: readonly ProposedContext[];
  /** Longest P-DATA-TF body that the requestor reads; 0 is without limit. */
  readonly maximumLength: number;
  readonly roles: readonly RoleSelection[];
  readonly userIdentity: UserIdentity | undefined;
  /** The AE title fields as they came, to be echoed. */
  readonly aeTitleFields: Buffer;
}

/** Which roles the requestor takes for a SOP class, when they are not the usual ones (PS3.7 section D.3.3.4). */
export interface RoleSelection {
  readonly sopClassUid: string;
  readonly scu: boolean;
  readonly scp: boolean;
}

/** Who uses the requestor, by what it says of them (PS3.7 section D.3.3.7). */
export interface UserIdentity {
  /** 1 username, 2 username and passcode, 3 Kerberos, 4 SAML, 5 JSON Web Token. */
  readonly type: number;
  readonly wantsResponse: boolean;
  readonly primary: string;
  readonly secondary: string;
}

export interface ProposedContext {
  readonly id: number;
  readonly abstractSyntax: string;
  readonly transferSyntaxes: readonly string[];
}

const FIXED_BYTES = 68;
const ITEM_HEAD_BYTES = 4;
const APPLICATION_CONTEXT = 0x10;
const PRESENTATION_CONTEXT = 0x20;
const ABSTRACT_SYNTAX = 0x30;
const TRANSFER_SYNTAX = 0x40;
const USER_INFORMATION = 0x50;
const MAXIMUM_LENGTH = 0x51;
const ROLE_SELECTION = 0x54;
const USER_IDENTITY = 0x58;

/** Reads the body of an A-ASSOCIATE-RQ. Items that are not known are passed over, as PS3.8 section 9.3.1 asks. */
export function parseAssociateRequest(body: Buffer): AssociateRequest {
  if (body.length < FIXED_BYTES) throw malformed('A-ASSOCIATE-RQ is too short');
  let applicationContext = '';
  let user: UserInformation = { maximumLength: 0, roles: [], userIdentity: undefined };
  const presentationContexts: ProposedContext[] = [];
  for (const [type, value] of itemsOf(body.subarray(FIXED_BYTES))) {
    if (type === APPLICATION_CONTEXT) applicationContext = uidOf(value);
    if (type === PRESENTATION_CONTEXT) presentationContexts.push(presentationContextOf(value));
    if (type === USER_INFORMATION) user = userInformationOf(value);
  }
  if (new Set(presentationContexts.map(({ id }) => id)).size !== presentationContexts.length) {
    throw malformed('A presentation context id is used twice');
  }
  return {
    protocolVersion: body.readUInt16BE(0),
    calledAeTitle: titleOf(body.subarray(4, 20)),
    callingAeTitle: titleOf(body.subarray(20, 36)),
    applicationContext,
    presentationContexts,
    ...user,
    aeTitleFields: Buffer.from(body.subarray(4, 36)),
  };
}

function presentationContextOf(value: Buffer): ProposedContext {
  const id = value[0];
  if (id === undefined || value.length < 4 || id % 2 === 0) throw malformed('A presentation context id is not odd');
  let abstractSyntax = '';
  const transferSyntaxes: string[] = [];
  for (const [type, item] of itemsOf(value.subarray(4))) {
    if (type === ABSTRACT_SYNTAX) abstractSyntax = uidOf(item);
    if (type === TRANSFER_SYNTAX) transferSyntaxes.push(uidOf(item));
  }
  return { id, abstractSyntax, transferSyntaxes };
}

type UserInformation = Pick<AssociateRequest, 'maximumLength' | 'roles' | 'userIdentity'>;

/** What both sides say of themselves (PS3.7 annex D.3). */
export function userInformationOf(userInformation: Buffer): UserInformation {
  let maximumLength = 0;
  const roles: RoleSelection[] = [];
  let userIdentity: UserIdentity | undefined;
  for (const [type, value] of itemsOf(userInformation)) {
    if (type === ROLE_SELECTION) roles.push(roleSelectionOf(value));
    if (type === USER_IDENTITY) userIdentity = userIdentityOf(value);
    if (type !== MAXIMUM_LENGTH) continue;
    if (value.length !== 4) throw malformed('Maximum Length is not four bytes');
    maximumLength = value.readUInt32BE(0);
  }
  return { maximumLength, roles, userIdentity };
}

function roleSelectionOf(value: Buffer): RoleSelection {
  const uidBytes = value.length < 2 ? 0 : value.readUInt16BE(0);
  if (value.length !== uidBytes + 4) throw malformed('A role selection is not as long as it should be');
  const uid = value.subarray(2, 2 + uidBytes);
  return { sopClassUid: uidOf(uid), scu: value[uidBytes + 2] === 1, scp: value[uidBytes + 3] === 1 };
}

function userIdentityOf(value: Buffer): UserIdentity {
  const primaryEnd = value.length < 6 ? 0 : 4 + value.readUInt16BE(2);
  if (primaryEnd === 0 || primaryEnd + 2 > value.length) throw malformed('A user identity is cut short');
  const secondaryEnd = primaryEnd + 2 + value.readUInt16BE(primaryEnd);
  if (secondaryEnd !== value.length) throw malformed('A user identity is not as long as it should be');
  return {
    type: value[0] ?? 0,
    wantsResponse: value[1] === 1,
    primary: value.toString('utf8', 4, primaryEnd),
    secondary: value.toString('utf8', primaryEnd + 2),
  };
}

/** The items of a PDU, or those in one of its items (PS3.8 section 9.3.1). */
export function* itemsOf(bytes: Buffer): Generator<readonly [type: number, value: Buffer]> {
  for (let at = 0; at < bytes.length; ) {
    if (at + ITEM_HEAD_BYTES > bytes.length) throw malformed('An item is cut short');
    const type = bytes[at] ?? 0;
    const end = at + ITEM_HEAD_BYTES + bytes.readUInt16BE(at + 2);
    if (end > bytes.length) throw malformed('An item is longer than what holds it');
    yield [type, bytes.subarray(at + ITEM_HEAD_BYTES, end)];
    at = end;
  }
}

const PADDING = /[\0 ]+$/;
export const uidOf = (value: Buffer) => value.toString('latin1').replace(PADDING, '');
const titleOf = (field: Buffer) => field.toString('latin1').replace(PADDING, '').trimStart();
const malformed = (message: string) => new UpperLayerError(ABORT.invalidParameter, message);
