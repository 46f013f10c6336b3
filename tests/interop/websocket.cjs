// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict'
const assert = require('node:assert')
const crypto = require('node:crypto')
const http = require('node:http')
const test = require('node:test')
const WebSocket = require('ws')

const port = Number(process.argv[2])
const url = `ws://127.0.0.1:${port}/ws`

// A person at the protocol: every frame is kept; `next` waits for the first one that fits.
class Person {
  constructor (options = {}, protocols = 'synchat.v1') {
    this.frames = []
    this.waiting = []
    this.socket = protocols ? new WebSocket(url, protocols, options) : new WebSocket(url, options)
    this.opened = new Promise((resolve, reject) => {
      this.socket.once('open', resolve)
      this.socket.once('error', reject)
    })
    this.closed = new Promise(resolve => this.socket.once('close', (code, reason) => resolve({ code, reason: String(reason) })))
    this.socket.on('message', data => {
      this.frames.push(JSON.parse(data))
      this.waiting = this.waiting.filter(w => !w())
    })
  }

  send (frame) { this.socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame)) }

  next (fits, milliseconds = 15000) {
    if (typeof fits === 'string') { const type = fits; fits = f => f.type === type }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('no such frame in ' + JSON.stringify(this.frames))), milliseconds)
      const look = () => {
        const at = this.frames.findIndex(fits)
        if (at < 0) return false
        clearTimeout(timer)
        resolve(this.frames.splice(at, 1)[0])
        return true
      }
      if (!look()) this.waiting.push(look)
    })
  }

  async greet (name, more = {}) {
    await this.opened
    this.send({ type: 'hello', name, client: 'ws', ...more })
    return this.next('welcome')
  }

  async join (room, more = {}) {
    this.send({ type: 'join', room, ...more })
    return this.next('joined')
  }

  post (room, text, more = {}) {
    const id = crypto.randomUUID()
    this.send({ type: 'post', room, id, text, ...more })
    return id
  }

  async error (frame) {
    const ref = crypto.randomUUID()
    this.send({ ...frame, ref })
    return this.next(f => f.type === 'error' && f.ref === ref)
  }

  close () { this.socket.close(1000) }
}

const upgradeStatus = (headers, path = '/ws') => new Promise((resolve, reject) => {
  const request = http.get({
    port,
    host: '127.0.0.1',
    path,
    headers: {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': crypto.randomBytes(16).toString('base64'),
      ...headers
    }
  })
  request.on('response', r => { r.resume(); resolve({ status: r.statusCode }) })
  request.on('upgrade', (r, socket) => { socket.destroy(); resolve({ status: 101, protocol: r.headers['sec-websocket-protocol'] }) })
  request.on('error', reject)
})

test('the handshake', async () => {
  assert.deepStrictEqual(await upgradeStatus({}), { status: 101, protocol: undefined })
  assert.deepStrictEqual(await upgradeStatus({ 'Sec-WebSocket-Protocol': 'synchat.v1' }), { status: 101, protocol: 'synchat.v1' })
  assert.deepStrictEqual(await upgradeStatus({ 'Sec-WebSocket-Protocol': 'chat, synchat.v1' }), { status: 101, protocol: 'synchat.v1' })
  assert.strictEqual((await upgradeStatus({ 'Sec-WebSocket-Protocol': 'chat' })).status, 400)
  assert.strictEqual((await upgradeStatus({ Origin: 'http://evil.example' })).status, 403)
  assert.strictEqual((await upgradeStatus({ Origin: `http://127.0.0.1:${port}` })).status, 101)
  assert.strictEqual((await upgradeStatus({}, '/elsewhere')).status, 404)
})

test('a conversation', async () => {
  const ana = new Person()
  const luis = new Person({}, null)
  const welcome = await ana.greet('ana')
  assert.strictEqual(ana.socket.protocol, 'synchat.v1')
  assert.strictEqual(welcome.user.kind, 'guest')
  assert.deepStrictEqual(welcome.limits, { frame: 65536, text: 4096, ratePerSecond: 10 })
  assert.ok(welcome.ntp.port > 0 && welcome.token.length > 0)
  await luis.greet('luis')
  const joined = await ana.join('general', { ref: 'r1' })
  assert.strictEqual(joined.ref, 'r1')
  assert.deepStrictEqual([joined.firstSeq, joined.lastSeq, joined.reset], [0, 0, false])
  await luis.join('general')
  const presence = await ana.next('presence')
  assert.strictEqual(presence.joined[0].name, 'luis')

  const now = Date.now() * 1000
  const id = ana.post('general', 'disk alarm on db2', {
    seen: 0,
    live: { t: now, state: 'ok', offset: -1800123, bound: 900, via: 'udp', fault: false },
    ref: 'never repeated'
  })
  const seen = [await ana.next('message'), await luis.next('message')]
  assert.deepStrictEqual(seen[0], seen[1])
  const message = seen[0]
  assert.strictEqual(message.id, id)
  assert.strictEqual(message.seq, 1)
  assert.strictEqual(message.ref, undefined)
  assert.strictEqual(message.kind, 'text')
  assert.deepStrictEqual(message.from, { id: welcome.user.id, name: 'ana' })
  assert.deepStrictEqual(message.stamps.live, { t: now, state: 'ok', offset: -1800123, bound: 900, via: 'udp', fault: false })
  assert.deepStrictEqual(Object.keys(message.stamps).sort(), ['api', 'best', 'live', 'local', 'ntp'])
  assert.ok(Math.abs(message.stamps.local.t - now) < 60e6)

  // The same id again: the same message, on this connection only.
  ana.send({ type: 'post', room: 'general', id, text: 'another text' })
  assert.deepStrictEqual(await ana.next('message'), message)
  const second = ana.post('general', 'second', { live: { t: 'no time' }, replyTo: 1 })
  const reply = await luis.next('message')
  assert.strictEqual(reply.id, second)
  assert.strictEqual(reply.seq, 2)
  assert.strictEqual(reply.replyTo, 1)
  assert.deepStrictEqual(reply.stamps.live, { t: null, state: 'none', offset: null, bound: null, via: reply.stamps.live.via, fault: false })

  // History both ways.
  luis.send({ type: 'history', room: 'general', before: 2, ref: 'h1' })
  const page = await luis.next('history')
  assert.strictEqual(page.ref, 'h1')
  assert.deepStrictEqual(page.messages, [message])
  assert.strictEqual(page.complete, true)
  luis.send({ type: 'history', room: 'general', after: 1, limit: 1 })
  assert.deepStrictEqual((await luis.next('history')).messages.map(m => m.seq), [2])

  // Time over the WebSocket.
  ana.send({ type: 'time', t1: 12345 })
  const time = await ana.next('time')
  assert.strictEqual(time.t1, 12345)
  assert.ok(time.t3 >= time.t2 && Math.abs(time.t2 - Date.now() * 1000) < 60e6)
  assert.ok('offset' in time.reference && 'bound' in time.reference && 'state' in time.reference)
  ana.close()
  const left = await luis.next(f => f.type === 'presence' && f.left.length > 0)
  assert.strictEqual(left.left[0].name, 'ana')
  luis.close()
})

test('rules and refusals', async () => {
  const eva = new Person()
  await eva.opened
  assert.strictEqual((await eva.error({ type: 'rooms' })).code, 'hello_first')
  eva.send('not json')
  assert.strictEqual((await eva.next('error')).code, 'bad_frame')
  const first = await eva.greet('eva')
  assert.strictEqual((await eva.error({ type: 'hello', name: 'eva', client: 'ws' })).code, 'bad_field')
  assert.strictEqual((await eva.error({ type: 'nonsense' })).code, 'unknown_type')
  assert.strictEqual((await eva.error({ room: 'general' })).code, 'bad_field')
  assert.strictEqual((await eva.error({ type: 'join', room: 'nowhere' })).code, 'room_unknown')
  assert.strictEqual((await eva.error({ type: 'create', room: 'secret', key: 'k' })).code, 'forbidden')
  assert.strictEqual((await eva.error({ type: 'create', room: 'general' })).code, 'room_exists')
  const id = crypto.randomUUID()
  const refused = await eva.error({ type: 'post', room: 'general', id, text: 'x' })
  assert.deepStrictEqual([refused.code, refused.id], ['not_joined', id])
  await eva.join('general')
  const post = text => eva.error({ type: 'post', room: 'general', id: crypto.randomUUID(), text })
  assert.strictEqual((await post('  \n ')).code, 'blank')
  assert.strictEqual((await post('x'.repeat(4097))).code, 'too_long')
  assert.strictEqual((await post('a\u0000b')).code, 'bad_field')
  assert.strictEqual((await post('a\ud800b')).code, 'bad_field')

  const other = new Person()
  await other.opened
  other.send({ type: 'hello', name: 'EVA', client: 'ws' })
  const taken = await other.next('error')
  assert.ok(['name_taken'].includes(taken.code))
  assert.strictEqual((await other.closed).code, 1008)

  // The same person again by the token, while the first connection is still there.
  const again = new Person()
  const welcome = await again.greet('eva', { auth: { token: first.token } })
  assert.strictEqual(welcome.user.id, first.user.id)
  again.close()
  eva.close()
})

test('a room of one\'s own, and catching up', async () => {
  const eva = new Person()
  await eva.greet('eva')
  eva.send({ type: 'create', room: 'lab-3', title: 'Clocks' })
  const { epoch } = await eva.next('joined')
  for (let i = 0; i < 20; i++) eva.post('lab-3', `line ${i}`)
  for (let i = 0; i < 20; i++) await eva.next('message')

  const late = new Person()
  await late.greet('late')
  await late.join('lab-3', { after: 12, epoch })
  const seqs = []
  let page
  do {
    page = await late.next('history')
    seqs.push(...page.messages.map(m => m.seq))
  } while (!page.complete)
  assert.deepStrictEqual(seqs, [13, 14, 15, 16, 17, 18, 19, 20])
  const reset = await late.join('lab-3', { after: 12, epoch: 'another' })
  assert.strictEqual(reset.reset, true)
  assert.strictEqual((await late.next('history')).messages[0].seq, 1)
  eva.send({ type: 'rooms' })
  const rooms = (await eva.next('rooms')).rooms
  assert.deepStrictEqual(rooms.find(r => r.room === 'lab-3').title, 'Clocks')
  late.close()
  eva.close()
})

test('frames that end a connection', async () => {
  const ends = async (act, code) => {
    const person = new Person()
    await person.greet('x' + crypto.randomBytes(4).toString('hex'))
    act(person.socket)
    assert.strictEqual((await person.closed).code, code)
  }
  await ends(s => s.send(Buffer.from([1, 2, 3])), 1003)
  await ends(s => s.send('x'.repeat(65537)), 1009)
  await ends(s => { for (let i = 0; i < 21; i++) s.send('not json') }, 1008)
  // Text in fragments is one message.
  const person = new Person()
  await person.greet('fragments')
  person.socket.send('{"type":"ro', { fin: false })
  person.socket.send('oms"}', { fin: true })
  await person.next('rooms')
  person.close()
})
