import { optional, ref, text } from '../core/shape';
import { certificateShapes, type CertificateRef } from '../dns/dns-ref';

/** A certificate of the HTTPS listener. */
export interface ListenerCertificate extends CertificateRef {
  /**
   * Part of the state address. Certificates with the same first domain name need different ones: an old certificate and
   * its successor, or one with an RSA and one with an ECDSA key.
   * @default the first domain name
   */
  readonly key?: string;
}

export const LISTENER_CERTIFICATE = ref<ListenerCertificate>('a certificate, such as new Certificate(...)', {
  ...certificateShapes,
  key: optional(text()),
});

export function certificateKey({ key, domainNames }: ListenerCertificate): string {
  return key ?? domainNames[0] ?? '';
}
