const find = id => document.getElementById(id);
const connect = document.querySelector('whatsapp-connect');
//#if (bearer)
let token;
const signed = (address, request = {}) => fetch(address, { ...request, headers: { ...request.headers, ...(token && { Authorization: `Bearer ${token}` }) } });
connect.fetch = signed;
//#else
const signed = (address, request) => fetch(address, request);
//#endif

const post = (address, body) => signed(address, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });

const say = text => { find('told').textContent = text; };

/** What a refusal says, in words. */
async function words(answer) {
  const problem = await answer.json().catch(() => ({}));
  return Object.values(problem.errors ?? {}).flat().join(' ') || problem.message || (problem.detail !== 'Failed' && problem.detail) || 'E-mail or password is wrong.';
}

async function show() {
  const answer = await signed('/api/integrations/whatsapp/status', { headers: { Accept: 'application/json' } });
  const ok = answer.ok;
  find('sign-in').hidden = ok;
  find('signed-in').hidden = !ok;
  if (!ok)
    return;
  const { phoneNumbers } = await answer.json();
  const held = phoneNumbers.filter(number => number.isActive).map(number => `${number.displayPhone}: ${number.message}`);
  find('numbers').textContent = held.join(' ') || 'No number is connected yet.';
//#if (chat)
  await showChat();
//#endif
}

find('sign-in').addEventListener('submit', async event => {
  event.preventDefault();
  const person = Object.fromEntries(new FormData(event.target));
  say('One moment…');
  const answer = event.submitter.value === 'register' ? await post('/api/people/register', person) : null;
  if (answer && !answer.ok)
    return say(await words(answer));
//#if (bearer)
  const login = await post('/api/people/login', person);
  if (login.ok)
    token = (await login.json()).accessToken;
//#else
  const login = await post('/api/people/login?useCookies=true', person);
//#endif
  say(login.ok ? '' : await words(login));
  await show();
});

connect.addEventListener('whatsapp-ended', show);
//#if (chat)

let open;

async function showChat() {
  const answer = await signed('/api/chat');
  if (!answer.ok)
    return;
  const { customer, messages } = await answer.json();
  find('customer').hidden = !customer;
  find('customer').href = customer ?? '';
  find('messages').replaceChildren(...messages.map(message => {
    const line = document.createElement('li');
    line.textContent = `${message.fromCustomer ? message.customer : 'You'}: ${message.text} `;
    if (message.fromCustomer) {
      const button = document.createElement('button');
      button.textContent = 'Answer';
      button.onclick = () => {
        open = { from: message.number, to: message.customer };
        find('to').textContent = `To ${message.customer}`;
        find('answer').hidden = false;
        find('answer').text.focus();
      };
      line.append(button);
    }
    return line;
  }));
}

find('answer').addEventListener('submit', async event => {
  event.preventDefault();
  const answer = await post('/api/chat', { ...open, text: event.target.text.value });
  say(answer.ok ? '' : await words(answer));
  if (answer.ok)
    event.target.reset();
  await showChat();
});

setInterval(() => { if (!find('signed-in').hidden && !document.hidden) showChat(); }, 3000);
//#endif

await show();
