# A mail server by others (aiosmtpd) on a loopback port, which answers as its words say and prints each mail as a line of JSON.
import asyncio
import email
import json
import ssl
import sys
from email import policy

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

options = json.loads(sys.argv[1])


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address in options.get('refused', []):
            return '550 5.1.1 no such mailbox here'
        if address in options.get('later', []):
            return '451 4.7.1 greylisted, come back'
        if address in options.get('hang', []):
            await asyncio.sleep(3600)
        envelope.rcpt_tos.append(address)
        return '250 OK'

    async def handle_DATA(self, server, session, envelope):
        mail = email.message_from_bytes(envelope.content, policy=policy.default)
        print(json.dumps({
            'from': envelope.mail_from,
            'to': envelope.rcpt_tos,
            'user': session.auth_data.login.decode() if session.auth_data else None,
            'tls': session.ssl is not None,
            'id': mail['message-id'],
            'subject': mail['subject'],
            'automatic': mail['auto-submitted'],
            'text': mail.get_content().replace('\r\n', '\n'),
        }), flush=True)
        if envelope.rcpt_tos[0] in options.get('silent', []):
            await asyncio.sleep(3600)
        if envelope.rcpt_tos[0] in options.get('drop', []):
            server.transport.abort()
        return '250 2.0.0 taken'


def sign_in(server, session, envelope, mechanism, data):
    fits = isinstance(data, LoginPassword) and data.password.decode() == options['password']
    return AuthResult(success=fits, handled=False, auth_data=data if fits else None)


async def main():
    context = None
    if 'certificate' in options:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(options['certificate'], options['key'])
    implicit = options.get('implicit', False)

    def make():
        return SMTP(
            Handler(),
            hostname='mail.test',
            tls_context=None if implicit else context,
            require_starttls=bool(context) and not implicit,
            auth_required='password' in options,
            auth_require_tls=bool(context) and not implicit,
            authenticator=sign_in if 'password' in options else None,
            loop=asyncio.get_running_loop(),
        )

    server = await asyncio.get_running_loop().create_server(make, '127.0.0.1', 0, ssl=context if implicit else None)
    print(json.dumps({'port': server.sockets[0].getsockname()[1]}), flush=True)
    await server.serve_forever()


asyncio.run(main())
