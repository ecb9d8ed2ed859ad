using Seg.Models.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Blocks;

/// <summary>
/// One of the two parts of relation-aware global attention: a gate for every node, from the node itself and from how it relates to the
/// references. In the spatial part the nodes are positions, in the channel part they are channels. It is no module: the owner registers it.
/// </summary>
/// <remarks>Shapes: nodes (N, features, P, Q) → gates (N, 1, P, Q), each in (0, 1).</remarks>
internal sealed class RelationGate
{
    private readonly ConvNormAct embedding, theta, phi;
    private readonly RelationConv relations;
    private readonly BatchNorm2d relationsNorm;
    private readonly ConvNormAct hidden, last;
    private bool folded;

    /// <param name="features">Features of a node.</param>
    /// <param name="embedded">Channels in which nodes are compared; at least 1.</param>
    /// <param name="references">Nodes that every node is compared with.</param>
    /// <param name="embeddedRelations">Channels in which the relations are embedded; at least 1.</param>
    /// <param name="reduction">The gate's hidden layer has 1 + embeddedRelations channels divided by this; at least 1 must be left.</param>
    public RelationGate(int features, int embedded, int references, int embeddedRelations, int reduction)
    {
        embedding = ConvNormAct.Create(features, embedded, kernel: 1);
        theta = ConvNormAct.Create(features, embedded, kernel: 1);
        phi = ConvNormAct.Create(features, embedded, kernel: 1);
        relations = new RelationConv(references, embeddedRelations);
        relationsNorm = BatchNorm2d(embeddedRelations);
        var joint = 1 + embeddedRelations;
        hidden = ConvNormAct.Create(joint, joint / reduction, kernel: 1);
        last = ConvNormAct.Create(joint / reduction, 1, kernel: 1, relu: false);
    }

    // The authors register the two parts' layers in turn; so each kind of layer is registered by itself.

    public void RegisterEmbedding(Module owner, string name) => embedding.RegisterAsSequence(owner, name);

    public void RegisterRelations(Module owner, string name)
    {
        var group = ModuleGroup.In(owner, name);
        group.register_module("0", relations);
        group.register_module("1", relationsNorm);
    }

    public void RegisterLayers(Module owner, string name)
    {
        // 2 is ReLU, which holds nothing.
        var group = ModuleGroup.In(owner, name);
        hidden.RegisterIn(group, "0", "1");
        last.RegisterIn(group, "3", "4");
    }

    public void RegisterComparison(Module owner, string thetaName, string phiName)
    {
        theta.RegisterAsSequence(owner, thetaName);
        phi.RegisterAsSequence(owner, phiName);
    }

    /// <param name="nodes">(N, features, P, Q).</param>
    /// <param name="toReferences">Makes the references of the nodes: (N, C, P, Q) → as many positions as there are references.</param>
    public Tensor Forward(Tensor nodes, Func<Tensor, Tensor> toReferences)
    {
        using var scope = NewDisposeScope();
        Tensor left = theta.Forward(nodes), right = phi.Forward(nodes);                                // (N, C', P, Q)
        var compared = relations.call(                                                                 // (N, K, P · Q)
            [left.flatten(2), right.flatten(2), toReferences(left).flatten(2), toReferences(right).flatten(2)]);
        var related = Norm(compared.unflatten(2, nodes.shape[2..]));                                   // (N, K, P, Q)
        var itself = embedding.Forward(nodes).mean([1], keepdim: true);                                // (N, 1, P, Q)
        return last.Forward(hidden.Forward(cat([itself, related], 1))).sigmoid().MoveToOuterDisposeScope();
    }

    public void Fold()
    {
        ConvNormAct[] units = [embedding, theta, phi, hidden, last];
        foreach (var unit in units)
            unit.Fold();
        if (!folded)
            relations.Fold(relationsNorm);
        folded = true;
    }

    private Tensor Norm(Tensor map) => folded ? map.relu_() : TorchRuntime.Current.BatchNormAct(map, relationsNorm, residual: null, relu: true);
}
