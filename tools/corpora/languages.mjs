// Short texts in other languages, and in a language for machines: a harbour in German, Spanish and Greek, and a program
// in Python. They are there to be cut into tokens, so they are rich in words and poor in story.

import { Decks, Rng, expand } from './grammar.mjs';

const GERMAN = [
  '{Die Bäckerin|Der Fischer|Die Lehrerin|Der Schmied|Die Nachbarin|Der Kapitän|Die Müllerin} {kauft|verkauft|bringt|holt|sucht} {frischen Fisch|zwei Körbe mit Äpfeln|ein neues Netz|einen alten Anker|drei Säcke Mehl|eine Kiste Zitronen|warmes Brot|ein langes Seil|grüne Farbe} {am Hafen|auf dem Markt|hinter der Kirche|an der Brücke|neben der Werkstatt}.',
  'Der Wind kommt {heute|seit gestern|am Morgen|in dieser Woche} aus {Westen|Osten|Norden|Süden}, und {die Boote bleiben im Hafen|die Fischer fahren früh hinaus|das Wasser steht hoch an der Mauer|die Kinder lassen Drachen steigen}.',
  'Um {sechs|sieben|acht|neun} Uhr fährt {die erste|die zweite|die letzte} Fähre {zur Insel|in die Stadt|über die Bucht}.',
  '{Die Lehrerin|Die Wirtin|Die Köchin|Der Bürgermeister} erzählt {dem Nachbarn|der Schwester|den Kindern|dem alten Fischer}, dass {das Wetter besser wird|der Fang gut war|die Fähre zu spät kommt|niemand den Schlüssel gefunden hat|die Brücke gestrichen wird}.',
  'Am Abend {leuchten die Lampen|sitzen die Leute|schlafen die Möwen|liegen die Netze} {an der Mauer|auf dem Platz|vor dem Gasthaus|am Strand}.',
  'Wer {heute|morgen|am Sonntag} {Fisch|Käse|Brot|Honig} möchte, muss früh {aufstehen|kommen|am Stand sein}.',
  '{Gestern|Vorgestern|Letzte Nacht} hat {der Sturm|die Flut|ein starker Regen} {das Tor|den Zaun|ein Fenster|die alte Treppe} beschädigt, aber {der Schmied|die Tischlerin|der Nachbar} hat schon mit der Arbeit angefangen.',
  '{Die Kinder|Die Schülerinnen|Die Freunde} zählen {die Schiffe|die Vögel|die Wolken|die Kisten} und schreiben {die Zahl|alles|das Ergebnis} in {ein kleines Heft|das große Buch|einen Brief}.',
  'Im {Frühling|Sommer|Herbst|Winter} {riecht es nach Salz und Teer|sind die Tage zu kurz|wird das Boot geputzt|kommen viele Gäste}.',
  '„{Das ist schön|Wir haben Zeit|Es wird schon gehen|Ich glaube es nicht}“, sagt {die Wirtin|der Kapitän|die Köchin|der Müller}.',
];

const SPANISH = [
  '{La panadera|El pescador|La maestra|El herrero|La vecina|El capitán|La molinera} {compra|vende|trae|busca|guarda} {pescado fresco|dos cestas de manzanas|una red nueva|un ancla vieja|tres sacos de harina|una caja de limones|pan caliente|una cuerda larga|pintura verde} {en el puerto|en el mercado|detrás de la iglesia|junto al puente|cerca del taller}.',
  'El viento viene {hoy|desde ayer|por la mañana|esta semana} del {norte|sur|oeste|este}, y {los barcos se quedan en el puerto|los pescadores salen temprano|el agua llega hasta el muro|los niños vuelan cometas}.',
  'A las {seis|siete|ocho|nueve} sale el {primer|segundo|último} barco {hacia la isla|hacia la ciudad|para cruzar la bahía}.',
  '{La maestra|La cocinera|El alcalde|La dueña} cuenta {al vecino|a su hermana|a los niños|al viejo pescador} que {el tiempo va a mejorar|la pesca fue buena|el barco llega tarde|nadie ha encontrado la llave|van a pintar el puente}.',
  'Por la noche {brillan las luces|se sienta la gente|duermen las gaviotas|descansan las redes} {junto al muro|en la plaza|delante de la posada|en la playa}.',
  'Quien quiera {pescado|queso|pan|miel} {hoy|mañana|el domingo} tiene que {levantarse|venir|llegar} temprano.',
  '{Ayer|Anteayer|La noche pasada} {la tormenta|la marea|una lluvia fuerte} rompió {la puerta|la valla|una ventana|la vieja escalera}, pero {el herrero|la carpintera|el vecino} ya ha empezado a trabajar.',
  '{Los niños|Las alumnas|Los amigos} cuentan {los barcos|los pájaros|las nubes|las cajas} y escriben {el número|todo|el resultado} en {un cuaderno pequeño|el libro grande|una carta}.',
  'En {primavera|verano|otoño|invierno} {huele a sal y a madera|los días son demasiado cortos|se limpia el barco|llegan muchos visitantes}.',
  '«{Qué bonito|Tenemos tiempo|Todo saldrá bien|No lo creo}», dice {la dueña|el capitán|la cocinera|el molinero}.',
];

const GREEK = [
  '{Η φουρνάρισσα|Ο ψαράς|Η δασκάλα|Ο σιδεράς|Η γειτόνισσα|Ο καπετάνιος|Ο μυλωνάς} {αγοράζει|πουλάει|φέρνει|ψάχνει} {φρέσκα ψάρια|δύο καλάθια μήλα|ένα καινούριο δίχτυ|μια παλιά άγκυρα|τρία σακιά αλεύρι|ένα κουτί λεμόνια|ζεστό ψωμί|ένα μακρύ σχοινί|πράσινο χρώμα} {στο λιμάνι|στην αγορά|πίσω από την εκκλησία|κοντά στη γέφυρα|δίπλα στο εργαστήριο}.',
  'Ο άνεμος φυσάει {σήμερα|από χθες|το πρωί|αυτή την εβδομάδα} από {τον βορρά|τον νότο|τη δύση|την ανατολή}, και {οι βάρκες μένουν στο λιμάνι|οι ψαράδες φεύγουν νωρίς|η θάλασσα είναι ήσυχη|τα παιδιά παίζουν στην άμμο}.',
  'Στις {έξι|επτά|οκτώ|εννέα} φεύγει το {πρώτο|δεύτερο|τελευταίο} πλοίο για {το νησί|την πόλη|το χωριό}.',
  '{Η δασκάλα|Η μαγείρισσα|Ο δήμαρχος|Η γειτόνισσα} λέει {στα παιδιά|στην αδελφή της|στον γέρο ψαρά} ότι {ο καιρός θα φτιάξει|η ψαριά ήταν καλή|το πλοίο θα αργήσει|κανείς δεν βρήκε το κλειδί|θα βάψουν τη γέφυρα}.',
  'Το βράδυ {ανάβουν τα φώτα|κάθεται ο κόσμος|κοιμούνται οι γλάροι|στεγνώνουν τα δίχτυα} {στην πλατεία|στην παραλία|μπροστά στο πανδοχείο}.',
  'Όποιος θέλει {ψάρι|τυρί|ψωμί|μέλι} {σήμερα|αύριο|την Κυριακή} πρέπει να {ξυπνήσει|έρθει} νωρίς.',
  '{Χθες|Προχθές|Χθες το βράδυ} {η καταιγίδα|η βροχή|ο δυνατός άνεμος} χάλασε {την πόρτα|τον φράχτη|ένα παράθυρο|την παλιά σκάλα}, αλλά {ο σιδεράς|ο μαραγκός|ο γείτονας} άρχισε ήδη τη δουλειά.',
  '{Τα παιδιά|Οι μαθήτριες|Οι φίλοι} μετρούν {τα πλοία|τα πουλιά|τα σύννεφα|τα κουτιά} και γράφουν {τον αριθμό|τα πάντα|το αποτέλεσμα} σε {ένα μικρό τετράδιο|ένα μεγάλο βιβλίο|ένα γράμμα}.',
  '{Την άνοιξη|Το καλοκαίρι|Το φθινόπωρο|Τον χειμώνα} {μυρίζει αλάτι και ξύλο|οι μέρες περνούν γρήγορα|καθαρίζουμε τη βάρκα|έρχονται πολλοί επισκέπτες}.',
  '«{Τι ωραία|Έχουμε χρόνο|Όλα θα πάνε καλά|Δεν το πιστεύω}», λέει {η μαγείρισσα|ο καπετάνιος|η δασκάλα|ο μυλωνάς}.',
];

/** Paragraphs of three to six sentences, never the same pattern twice in a row. */
const paragraphs = (patterns) => (seed, bytes) => {
  const rng = new Rng(seed);
  const decks = new Decks(rng);
  let text = '';
  while (Buffer.byteLength(text) < bytes) {
    const sentences = [];
    for (let n = rng.between(3, 6); n > 0; --n) sentences.push(expand(rng, decks.draw(patterns), {}));
    text += `${sentences.join(' ')}\n`;
  }
  return text;
};

const THINGS = ['boat', 'crate', 'ticket', 'berth', 'lamp', 'crew', 'order', 'parcel', 'harbour', 'tide'];
const FIELDS = ['name', 'price', 'weight', 'status', 'length', 'number', 'owner', 'date', 'level', 'count'];
const VERBS = ['load', 'count', 'find', 'update', 'check', 'remove', 'print', 'sort', 'read', 'write'];

/** One function of a program about boats and crates. It runs, and it is dull: programs repeat themselves. */
const pythonFunction = (rng) => {
  const thing = rng.pick(THINGS), field = rng.pick(FIELDS), other = rng.pick(FIELDS), verb = rng.pick(VERBS);
  const limit = rng.between(2, 90);
  const shapes = [
    [`def ${verb}_${thing}s(${thing}s):`, `    result = []`, `    for ${thing} in ${thing}s:`,
      `        if ${thing}.${field} is None:`, `            continue`, `        result.append(${thing}.${field})`, `    return result`],
    [`def ${verb}_${thing}(${thing}, ${field}):`, `    if ${field} == ${limit}:`,
      `        raise ValueError("${field} of ${thing} is not valid")`, `    ${thing}.${field} = ${field}`, `    return ${thing}`],
    [`def total_${field}(${thing}s):`, `    total = 0`, `    for ${thing} in ${thing}s:`,
      `        total += ${thing}.${field}`, `    return total`],
    [`class ${thing.charAt(0).toUpperCase()}${thing.slice(1)}:`, `    def __init__(self, ${field}, ${other}_code):`,
      `        self.${field} = ${field}`, `        self.${other}_code = ${other}_code`, ``,
      `    def ${verb}(self):`, `        return self.${field} is not None`],
    [`def test_${verb}_${thing}():`, `    ${thing} = make_${thing}(${field}=${limit})`,
      `    assert ${thing}.${field} == ${limit}`, `    assert ${verb}_${thing}(${thing}, ${limit + 1}) is not None`],
    [`def ${verb}_by_${field}(path):`, `    with open(path) as file:`, `        for line in file:`,
      `            ${field}, ${thing} = line.strip().split(",")`, `            print(${thing}, int(${field}))`],
  ];
  return `${rng.pick(shapes).join('\n')}\n\n\n`;
};

const program = (seed, bytes) => {
  const rng = new Rng(seed);
  let text = '';
  while (text.length < bytes) text += pythonFunction(rng);
  return text;
};

/** name -> [recipe, seed]; all are about 20 kB. */
export const LANGUAGES = {
  german: [paragraphs(GERMAN), 3],
  spanish: [paragraphs(SPANISH), 5],
  greek: [paragraphs(GREEK), 7],
  program: [program, 11],
};
