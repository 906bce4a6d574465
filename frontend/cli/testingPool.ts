import { createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { IdentitySettings } from '@/api/types';

// The group of 3072 bits of RFC 3526, which Amazon Cognito uses.
const N = BigInt(
  '0xFFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B' +
    '302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE649286651' +
    'ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F' +
    '1746C08CA18217C32905E462E36CE3BE39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D226189' +
    '8FA051015728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7ABF5AE8CDB0933D71' +
    'E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200CBBE117577A615D6C770988C0BAD946E208E24FA074' +
    'E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF',
);
const G = 2n;
const POOL = 'eu-west-1_Pool';

/** A user pool in memory with one account, which verifies a password without learning it (SRP-6a, as Amazon Cognito does). */
export class TestPool {
  readonly email = 'ada@example.org';
  password = 'Correct-Horse-9';
  /** Whether the password is that of an invitation, to be replaced at the first sign-in. */
  isTemporary = false;
  /** Everything it was told. */
  readonly received: { target: string; body: Record<string, unknown> }[] = [];
  /** For how many seconds an access token works. */
  lifetime = 3600;
  revoked = false;
  #server!: Server;
  #issued = 0;
  #challenge: { a: bigint; b: bigint; v: bigint; block: string } | null = null;

  async open(): Promise<void> {
    this.#server = createServer((request, response) => {
      void buffer(request).then((body) => {
        const target = String(request.headers['x-amz-target']).split('.')[1] ?? '';
        const [status, answer] = this.#answer(target, JSON.parse(body.toString()) as Record<string, unknown>);
        response
          .writeHead(status, { 'Content-Type': 'application/x-amz-json-1.1' })
          .end(JSON.stringify(answer));
      });
    });
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  get identity(): IdentitySettings {
    const { port } = this.#server.address() as AddressInfo;
    const endpoint = `http://127.0.0.1:${port}`;
    return {
      region: 'eu-west-1',
      user_pool_id: POOL,
      client_id: 'page',
      endpoint,
      sign_up: 'open',
      passkeys: false,
    };
  }

  #answer(target: string, body: Record<string, unknown>): [number, unknown] {
    this.received.push({ target, body });
    const parameters = (body.ChallengeResponses ?? body.AuthParameters ?? {}) as Record<string, string>;
    if (target === 'RevokeToken') {
      this.revoked = true;
      return [200, {}];
    }
    if (body.AuthFlow === 'REFRESH_TOKEN_AUTH' || target === 'GetTokensFromRefreshToken')
      return this.revoked
        ? refused('Refresh Token has been revoked')
        : [200, { AuthenticationResult: this.#tokens() }];
    if (target === 'InitiateAuth') return [200, this.#begin(BigInt(`0x${parameters.SRP_A ?? ''}`))];
    if (body.ChallengeName === 'NEW_PASSWORD_REQUIRED') return this.#renew(parameters.NEW_PASSWORD ?? '');
    return this.#verify(parameters);
  }

  #begin(a: bigint): unknown {
    const salt = randomBytes(16).toString('hex');
    const x = number(
      sha256(padded(BigInt(`0x${salt}`)), sha256(Buffer.from(`Pool${this.email}:${this.password}`))),
    );
    const v = power(G, x);
    const k = number(sha256(padded(N), padded(G)));
    const secret = number(randomBytes(32));
    const block = randomBytes(32).toString('base64');
    this.#challenge = { a, b: secret, v, block };
    const b = (k * v + power(G, secret)) % N;
    return {
      ChallengeName: 'PASSWORD_VERIFIER',
      ChallengeParameters: {
        SALT: salt,
        SRP_B: b.toString(16),
        SECRET_BLOCK: block,
        USERNAME: this.email,
        USER_ID_FOR_SRP: this.email,
      },
    };
  }

  #verify(parameters: Record<string, string>): [number, unknown] {
    if (this.#challenge === null) return refused('Invalid session');
    const { a, b: secret, v, block } = this.#challenge;
    const k = number(sha256(padded(N), padded(G)));
    const b = (k * v + power(G, secret)) % N;
    const u = number(sha256(padded(a), padded(b)));
    const s = power((a * power(v, u)) % N, secret);
    const key = Buffer.from(hkdfSync('sha256', padded(s), padded(u), 'Caldera Derived Key', 16));
    const signed = Buffer.concat([
      Buffer.from(`Pool${this.email}`),
      Buffer.from(block, 'base64'),
      Buffer.from(parameters.TIMESTAMP ?? ''),
    ]);
    const signature = createHmac('sha256', key).update(signed).digest('base64');
    if (signature !== parameters.PASSWORD_CLAIM_SIGNATURE) return refused('Incorrect username or password.');
    if (!this.isTemporary) return [200, { AuthenticationResult: this.#tokens() }];
    const challenge = { USER_ID_FOR_SRP: this.email, requiredAttributes: '[]', userAttributes: '{}' };
    return [
      200,
      { ChallengeName: 'NEW_PASSWORD_REQUIRED', Session: 'session', ChallengeParameters: challenge },
    ];
  }

  #renew(password: string): [number, unknown] {
    this.password = password;
    this.isTemporary = false;
    return [200, { AuthenticationResult: this.#tokens() }];
  }

  #tokens(): Record<string, unknown> {
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      sub: 'sub-of-ada',
      iat: now,
      exp: now + this.lifetime,
      jti: String(this.#issued++),
      origin_jti: 'origin',
    };
    const access = { ...claims, token_use: 'access', client_id: 'page', username: this.email };
    return {
      AccessToken: jwt(access),
      IdToken: jwt({ ...claims, token_use: 'id', email: this.email }),
      RefreshToken: 'refresh.token',
      ExpiresIn: this.lifetime,
      TokenType: 'Bearer',
    };
  }
}

function refused(message: string): [number, unknown] {
  return [400, { __type: 'NotAuthorizedException', message }];
}

function jwt(claims: object): string {
  const parts = [{ alg: 'RS256', kid: 'test' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  return [...parts, 'signature'].join('.');
}

function sha256(...parts: Buffer[]): Buffer {
  return createHash('sha256').update(Buffer.concat(parts)).digest();
}

function number(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString('hex')}`);
}

/** Returns a number's bytes with a zero before those that would make it negative. */
function padded(value: bigint): Buffer {
  const digits = value.toString(16);
  const even = digits.length % 2 === 0 ? digits : `0${digits}`;
  return Buffer.from(/^[89a-f]/.test(even) ? `00${even}` : even, 'hex');
}

function power(base: bigint, exponent: bigint): bigint {
  let [result, square, left] = [1n, base % N, exponent];
  for (; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % N;
    square = (square * square) % N;
  }
  return result;
}
