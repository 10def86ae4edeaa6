// Fastify with Twilio's library: @fastify/formbody reads the form, a hook checks the signature with validateRequest.
// https://www.twilio.com/docs/usage/security#validating-requests
const { createRequire } = require("node:module");
const { readFileSync } = require("node:fs");

const installed = createRequire(process.env.NODE_MODULES);
const twilio = installed("twilio");

const { VoiceResponse, MessagingResponse } = twilio.twiml;
const places = JSON.parse(readFileSync(process.env.PLACES, "utf8"));
const fastify = installed("fastify")({ trustProxy: true }); // the address that Twilio signed is https
fastify.register(installed("@fastify/formbody"));

fastify.addHook("preHandler", async (request, reply) => {
  const url = `${request.protocol}://${request.host}${request.originalUrl}`;
  const signature = request.headers["x-twilio-signature"] || "";
  if (!twilio.validateRequest(process.env.TWILIO_AUTH_TOKEN, signature, url, request.body)) {
    return reply.code(403).send("Twilio Request Validation Failed.");
  }
});

fastify.post("/voice", async (request, reply) => {
  const response = new VoiceResponse();
  const gather = response.gather({ numDigits: 4, timeout: 6, action: "/voice/keyed" });
  gather.say({ language: "nl-NL" }, "Direct gevaar? Bel 1 1 2.");
  gather.say({ language: "nl-NL" }, "Om welke postcode gaat het? Toets de vier cijfers.");
  response.redirect("/voice");
  return reply.type("text/xml").send(response.toString());
});

fastify.post("/voice/keyed", async (request, reply) => {
  const response = new VoiceResponse();
  const digits = request.body.Digits;
  const place = places[digits];
  if (place) {
    response.say({ language: "nl-NL" }, "U wordt verbonden.");
    response.dial({ action: `/voice/dialled?postcode=${digits}&tried=1`, timeout: 20 }, place.numbers[0]);
  } else {
    response.redirect("/voice");
  }
  return reply.type("text/xml").send(response.toString());
});

fastify.post("/voice/dialled", async (request, reply) => {
  const response = new VoiceResponse();
  const { postcode } = request.query;
  const tried = Number(request.query.tried);
  const { numbers } = places[postcode];
  if (request.body.DialCallStatus === "completed" || tried >= numbers.length) {
    response.hangup();
  } else {
    response.dial({ action: `/voice/dialled?postcode=${postcode}&tried=${tried + 1}`, timeout: 20 }, numbers[tried]);
  }
  return reply.type("text/xml").send(response.toString());
});

fastify.post("/sms", async (request, reply) => {
  const response = new MessagingResponse();
  const place = places[request.body.Body.trim()];
  if (place) {
    response.message(`${place.name}: bel 0800-2000. Direct gevaar? Bel 112.`);
  } else {
    response.message("Stuur de vier cijfers van uw postcode. Direct gevaar? Bel 112.");
  }
  return reply.type("text/xml").send(response.toString());
});

fastify.listen({ port: Number(process.env.PORT), host: "127.0.0.1" });
