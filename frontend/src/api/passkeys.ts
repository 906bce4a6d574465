/** The passkeys of whoever is signed in. */
import {
  associateWebAuthnCredential,
  deleteWebAuthnCredential,
  listWebAuthnCredentials,
} from '@aws-amplify/auth';
import { inOurWords } from './poolWords';

/** What a device keeps to sign somebody in without a password. */
export interface Passkey {
  readonly id: string;
  readonly name: string;
  readonly added: Date | null;
}

/** Has this browser make a passkey, after asking the person, and the pool know it. */
export async function addPasskey(): Promise<void> {
  await inOurWords(associateWebAuthnCredential());
}

/** Lists the passkeys that the pool knows; an account may have twenty. */
export async function listPasskeys(): Promise<Passkey[]> {
  const { credentials } = await inOurWords(listWebAuthnCredentials({ pageSize: 20 }));
  return credentials.map(({ credentialId, friendlyCredentialName, createdAt }) => ({
    id: credentialId ?? '',
    name: friendlyCredentialName ?? 'Passkey',
    added: createdAt ?? null,
  }));
}

/** Has the pool forget a passkey; the device goes on offering it until it is removed there. */
export async function removePasskey(id: string): Promise<void> {
  await inOurWords(deleteWebAuthnCredential({ credentialId: id }));
}
